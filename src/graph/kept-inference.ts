import { createHash } from 'node:crypto';

import type { CreateNodesResult, ProjectConfiguration } from '@nx/devkit';

import type { BuildConfigurationOptions } from '../go/configuration/build-configuration.js';
import type { LoadedWorkspace } from '../workspace/load.js';
import type { ModuleGroup } from '../workspace/workspace.js';

/** What takes the most time to infer, and depends on nothing that is not JSON. */
export interface Inference {
  readonly configurations: readonly (readonly [dir: string, configuration: ProjectConfiguration])[];
  /** The external nodes that inputs name. */
  readonly externalNodes: NonNullable<CreateNodesResult['externalNodes']>;
  /** Why some builds must not run, and what makes it right. */
  readonly clashes: readonly string[];
}

/** A listing that inference asks for. */
interface Asked {
  /** The group's place among the workspace's. */
  readonly group: number;
  readonly options: BuildConfigurationOptions;
  readonly dirs: readonly string[] | undefined;
}

/** What an inference was made of. */
interface Origin {
  /** Digest of all that was at hand from the start. */
  readonly given: string;
  readonly listings: readonly (Asked & { readonly digest: string })[];
}

const FILE = 'nx-gopher-inference.json';

/**
 * Takes what was inferred the last time, as long as it was inferred from the same: targets are a function of listings
 * and of what stands in manifests, nx.json and project files. To read thousands of them takes a fraction of the time
 * that making them takes.
 *
 * @param given everything that inference depends on apart from the workspace and its environment; anything that JSON
 * holds.
 * @param infer is given the workspace to list with.
 */
export async function keptInference(
  workspace: LoadedWorkspace,
  given: unknown,
  infer: (workspace: LoadedWorkspace) => Promise<Inference>,
): Promise<Inference> {
  const { key, groups, workDirs, folder } = workspace;
  const digest = digestOf([key, groups, workDirs, given]);
  const [origin, inference] = (folder.read(FILE) ?? '').split('\n', 2);
  if (origin && inference && (await isSame(parse<Origin>(origin), digest, workspace))) {
    const kept = parse<Inference>(inference);
    if (kept) return kept;
  }
  const asked = new Map<string, Asked>();
  const list: LoadedWorkspace['list'] = (group, options, dirs) => {
    const one = { group: groups.indexOf(group), options, dirs };
    asked.set(JSON.stringify(one), one);
    return workspace.list(group, options, dirs);
  };
  const inferred = await infer({ ...workspace, list });
  const listings = [...asked.values()].map(async (one) => ({ ...one, digest: await listingDigest(workspace, one) }));
  const made: Origin = { given: digest, listings: await Promise.all(listings) };
  folder.write(FILE, () => `${JSON.stringify(made)}\n${JSON.stringify(inferred)}`);
  return inferred;
}

async function isSame(origin: Origin | undefined, given: string, workspace: LoadedWorkspace): Promise<boolean> {
  if (origin?.given !== given) return false;
  const same = origin.listings.map(async (asked) => asked.digest === (await listingDigest(workspace, asked)));
  return (await Promise.all(same)).every(Boolean);
}

async function listingDigest(workspace: LoadedWorkspace, { group, options, dirs }: Asked): Promise<string> {
  return digestOf(await workspace.list(workspace.groups[group] as ModuleGroup, options, dirs));
}

function digestOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}

/** A damaged file counts as a missing one. */
function parse<Content>(text: string): Content | undefined {
  try {
    return JSON.parse(text) as Content;
  } catch {
    return undefined;
  }
}
