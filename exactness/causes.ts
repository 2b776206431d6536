import { join } from 'node:path';

import type { ProjectGraph } from '@nx/devkit';

import type { Cause } from '../src/explain/causes/cause.js';
import { causesOf } from '../src/explain/causes/causes.js';
import { PartRecorder } from '../src/explain/parts/record-parts.js';
import type { RecordedPart } from '../src/explain/parts/recorded-part.js';
import { linkTarget } from '../src/files.js';
import type { Measurement } from '../testing/measuring/measure.js';

/** What a mutation did, as far as causes can name it. */
export interface Known {
  /** Files that it changed, from the workspace's root. */
  readonly files: readonly string[];
  readonly settingsMoved: boolean;
}

/** Files that decide about options, modules and build lists: what is in them moves hashes under other names. */
const CONFIGURATION =
  /(^|\/)(go\.(mod|sum|work|work\.sum)|modules\.txt|project\.json|package\.json|nx\.json|\.\w+ignore)$/;
/** Recorded values are of no use here: the mutation is known, the causes have to name it. */
const NO_GRAPH: ProjectGraph = { nodes: {}, dependencies: {} };

/** Holds the causes that `nx-gopher explain` gives for moved hashes against the mutation that moved them. */
export class CauseCheck {
  private readonly recorder: PartRecorder;
  private before = new Map<string, { readonly hash: string; readonly parts: readonly RecordedPart[] }>();

  constructor(private readonly root: string) {
    this.recorder = new PartRecorder(root, NO_GRAPH, []);
  }

  /** Records a state, and tells what is wrong with the causes of the hashes that moved since the last one, by task. */
  async observe({ tasks, projects }: Measurement, known: Known | undefined): Promise<Record<string, string>> {
    const edit = known && { ...known, files: known.files.flatMap((file) => this.withTarget(file)) };
    const now = new Map<string, { readonly hash: string; readonly parts: readonly RecordedPart[] }>();
    const wrong: [task: string, problem: string][] = [];
    for (const [task, { hash, parts, go }] of Object.entries(tasks)) {
      if (!go) continue;
      const before = this.before.get(task);
      const recorded = { hash, parts: await this.recorder.all(parts) };
      now.set(task, recorded);
      if (!edit || !before || before.hash === hash) continue;
      const causes = await causesOf(this.root, before.parts, recorded.parts);
      const problem = causeProblem(causes, this.withLinks(edit, causes), projects);
      if (problem !== undefined) wrong.push([task, problem]);
    }
    this.before = now;
    return Object.fromEntries(wrong);
  }

  /** An edit of a file is one of the links that lead to it. */
  private withLinks(edit: Known, causes: readonly Cause[]): Known {
    const links = causes.flatMap((cause) => {
      const target = cause.kind === 'file' ? linkTarget(this.root, join(this.root, cause.path)) : undefined;
      return cause.kind === 'file' && target !== undefined && edit.files.includes(target) ? [cause.path] : [];
    });
    return { ...edit, files: [...edit.files, ...links] };
  }

  /** What is written through a symbolic link changes the file that it leads to. */
  private withTarget(file: string): string[] {
    const target = linkTarget(this.root, join(this.root, file));
    return target === undefined ? [file] : [file, target];
  }
}

/**
 * What is wrong with causes; undefined when they name the mutation, and no file that it left alone.
 *
 * @param roots of projects by their names.
 */
export function causeProblem(
  causes: readonly Cause[],
  { files, settingsMoved }: Known,
  roots: Readonly<Record<string, string>>,
): string | undefined {
  if (causes.length === 0) return 'no cause';
  const named = causes.flatMap((cause) => {
    if (cause.kind === 'file') return [cause.path];
    const isSet = cause.kind === 'package' || cause.kind === 'directory';
    return isSet && files.some((file) => isWithin(file, cause.path) || isWithin(cause.path, file)) ? [cause.path] : [];
  });
  // What is left out, or no longer so, may be so because of another file.
  const edited = causes.flatMap((cause) =>
    cause.kind === 'file' && cause.change !== 'excluded' && cause.change !== 'included' ? [cause.path] : [],
  );
  const others = edited.filter((path) => !files.some((file) => isWithin(path, file)));
  if (others.length > 0) return `names ${others.join(', ')}`;
  const unknown = causes.flatMap((cause) => (cause.kind === 'other' ? [cause.part] : []));
  if (unknown.length > 0) return `cannot explain ${unknown.join(', ')}`;
  // The last main package of a module takes the project's build with it.
  const configured = causes.flatMap((cause) =>
    cause.kind === 'option' ? (roots[cause.name.replace(/^the configuration of /, '')] ?? []) : [],
  );
  const isProjectNamed = configured.some((root) => files.some((file) => root === '.' || file.startsWith(`${root}/`)));
  const hasValue = causes.some(({ kind }) => kind !== 'file');
  const isNamed =
    named.length > 0 ||
    isProjectNamed ||
    (hasValue && (settingsMoved || files.some((file) => CONFIGURATION.test(file))));
  return isNamed ? undefined : `names ${causes.map(({ kind }) => kind).join(', ')} alone`;
}

function isWithin(path: string, dir: string): boolean {
  return path === dir || path.startsWith(`${dir}/`);
}
