import { posix } from 'node:path';

import type { NxJsonConfiguration } from '@nx/devkit';

import type { Package } from '../../go/listing/package.js';
import { literalPart } from '../../inputs/embed-patterns.js';
import { ImportWalks } from '../../inputs/import-walks.js';
import { selectsTasks } from '../../nx/selection.js';
import { nearestDir } from '../../paths.js';
import type { GroupListing, ModuleGroup } from '../../workspace/workspace.js';
import type { PluginOptions } from '../options/options.js';
import type { SharedConfiguration } from '../options/target-settings.js';
import { targetDefaults, type ProjectFile } from './project-files.js';

/** What decides whether inputs can leave something to the edges between projects. */
export interface WalksContext {
  readonly options: PluginOptions;
  readonly nxJson: NxJsonConfiguration;
  readonly files: ReadonlyMap<string, ProjectFile>;
  readonly shared: readonly SharedConfiguration[];
  readonly listings: ReadonlyMap<ModuleGroup, readonly GroupListing[]>;
  /** Directories with a project.json or package.json. */
  readonly configuredDirs: ReadonlySet<string>;
}

/**
 * The walks over edges that inputs can rely on; undefined where they have to name projects one by one: where Nx
 * selects by projects, for which tests need edges of their own; where nx.json does not say that projects of other
 * languages have no Go sources, without which Nx stops at the first of them; and where tests wait for what their
 * imports lead to.
 */
export function importWalks(context: WalksContext): ImportWalks | undefined {
  const { options, nxJson, files, shared, listings, configuredDirs } = context;
  if (options.granularity !== 'package' || !selectsTasks(nxJson)) return undefined;
  if (inputsMissing(nxJson, shared).length > 0 || testsWaitForDependencies(options, nxJson, files)) return undefined;
  const packageDirs = [...listings.values()]
    .flat()
    .flatMap(({ packages }) => [...packages.values()].map((one) => one.dir));
  const roots = new Set([...configuredDirs, ...packageDirs]);
  return new ImportWalks(
    listings,
    (pkg) => hasOtherEdges(pkg.dir, files.get(pkg.dir), configuredDirs) || embedsOthers(pkg, roots),
  );
}

/** The named inputs that nx.json would have to hold, empty, for projects without Go. */
export function inputsMissing(
  { namedInputs }: NxJsonConfiguration,
  shared: readonly Pick<SharedConfiguration, 'sourcesInput'>[],
): string[] {
  return shared.map(({ sourcesInput }) => sourcesInput).filter((name) => namedInputs?.[name]?.length !== 0);
}

/** Whether a target other than a build has a `^…` among those that run before it: tests need edges for it to hold. */
function testsWaitForDependencies(
  { targets: { test, vet } }: PluginOptions,
  nxJson: NxJsonConfiguration,
  files: ReadonlyMap<string, ProjectFile>,
): boolean {
  const waits = (dependsOn: readonly unknown[] = []): boolean =>
    dependsOn.some((one) =>
      typeof one === 'string' ? one.startsWith('^') : (one as { dependencies?: boolean }).dependencies === true,
    );
  const defaults = [
    test && targetDefaults(nxJson, 'nx-gopher:test', test.targetName),
    vet && targetDefaults(nxJson, 'nx-gopher:vet', vet.targetName),
  ];
  const projectTargets = [...files.values()].flatMap(({ targets }) => [...targets.values()]);
  return [...defaults, ...projectTargets].some((target) => target && waits(target.dependsOn));
}

/** Whether a project's own files give it edges, or take some away. */
function hasOtherEdges(dir: string, file: ProjectFile | undefined, configuredDirs: ReadonlySet<string>): boolean {
  if (!file) return configuredDirs.has(dir);
  const named = [...file.targets.values()].flatMap(({ dependsOn }) => dependsOn ?? []);
  return (
    file.hasPackageJson || file.implicitDependencies.length > 0 || file.takesEdgesAway || named.some(namesProjects)
  );
}

function namesProjects(dependsOn: string | { readonly projects?: string | string[] }): boolean {
  return typeof dependsOn === 'string' ? dependsOn.includes(':') : dependsOn.projects !== undefined;
}

/** Whether what a package embeds lies, or may come to lie, in another project. */
function embedsOthers({ dir, embedPatterns, testEmbedPatterns }: Package, roots: ReadonlySet<string>): boolean {
  return [...embedPatterns, ...testEmbedPatterns].some((pattern) => {
    const embedded = posix.join(dir, literalPart(pattern.replace(/^all:/, '')));
    return (
      nearestDir(embedded, (above) => roots.has(above)) !== dir ||
      [...roots].some((root) => root.startsWith(`${embedded}/`))
    );
  });
}
