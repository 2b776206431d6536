import { posix } from 'node:path';

import type { TargetConfiguration } from '@nx/devkit';

import { NotConvertible } from './go-options.js';
import { without, withoutUndefined } from './members.js';
import { KINDS } from './nx-json.js';
import type { OldProject, OldTarget } from './old-projects.js';
import type { Options, Peer, PeerKind } from './peer.js';
import { buildTarget, commandTarget, testTarget, tidyTarget } from './project-targets.js';
import type { ConversionReport } from './report.js';
import { convertInputs } from './target-inputs.js';

/** What is to stand in project files: targets by project root and name; undefined takes one out. */
export type Writes = Map<string, Map<string, TargetConfiguration | undefined>>;

export interface ConversionContext {
  readonly peer: Peer;
  readonly names: Readonly<Record<PeerKind, string>>;
  /** What the project in a directory is called from now on. */
  readonly nameOf: (dir: string) => string;
  /** Directories of all main packages, from the workspace root. */
  readonly mains: readonly string[];
  readonly report: ConversionReport;
}

/** Converts the targets of one project; what it writes goes into `writes`, what it cannot into the report. */
export function convertProject(project: OldProject, context: ConversionContext, writes: Writes): void {
  for (const target of project.targets) {
    const where = `${project.name}:${target.name}`;
    try {
      convertTarget(project, target, context, writes);
    } catch (error) {
      if (!(error instanceof NotConvertible)) throw error;
      if (target.isWritten) context.report.leftInPlace(where, error.message);
      else context.report.note(where, error.message);
    }
  }
}

function convertTarget(project: OldProject, target: OldTarget, context: ConversionContext, writes: Writes): void {
  const { peer, names, report } = context;
  const { root } = project;
  const { name, kind, written } = target;
  const command = commandTarget(written, kind, peer);
  if (command) {
    write(writes, root, name, { ...others(project, target, context), ...command });
    return;
  }
  if (!(kind in KINDS)) {
    if (!target.isWritten) return;
    throw new NotConvertible(`nx-gopher has no ${kind}`);
  }
  if (name !== names[kind])
    throw new NotConvertible(
      `nx-gopher infers one ${kind} target, called ${names[kind]}; make this one a configuration of it`,
    );
  if (kind === 'build') return convertBuild(project, target, context, writes);
  if (kind === 'lint') {
    const { args } = (written.options ?? {}) as Options;
    report.note(
      project.name,
      `${name} ran go fmt, which rewrites files; it is go vet now (gofmt -l . checks the format)`,
    );
    if (args) report.note(project.name, `args of go fmt are gone: ${JSON.stringify(args)}`);
  }
  const converted = kind === 'test' ? testTarget(written, root) : kind === 'tidy' ? tidyTarget(written) : {};
  const wanted = { ...others(project, target, context), ...converted };
  if (target.isWritten || Object.keys(wanted).length) write(writes, root, name, wanted);
}

/** A build goes to the project of each main package; where that is another one, the old name leads there. */
function convertBuild(project: OldProject, target: OldTarget, context: ConversionContext, writes: Writes): void {
  const { peer, report } = context;
  const { root } = project;
  const options = (target.written.options ?? {}) as Options;
  const { compiler } = options;
  if (compiler !== undefined && compiler !== 'go')
    throw new NotConvertible(`nx-gopher builds with go, not with ${String(compiler)}`);
  const mains = mainsOf(project, peer.mainDirectory(options), context);
  if (mains.length === 0) throw new NotConvertible('there is no main package to build');
  for (const main of mains) {
    const built = buildTarget(target.written, peer, (old) => outputPath(project, main, old, context));
    for (const note of built.notes) report.note(`${project.name}:${target.name}`, note);
    const { options: ownOptions, configurations } = built;
    const wanted = {
      ...(main === root ? others(project, target, context) : {}),
      ...withoutUndefined({ options: ownOptions, configurations }),
    };
    if (target.isWritten || Object.keys(wanted).length) write(writes, main, target.name, wanted);
  }
  if (mains.includes(root)) return;
  const dependsOn = [{ projects: mains.map(context.nameOf), target: target.name }];
  write(writes, root, target.name, { executor: 'nx:noop', dependsOn });
  report.changed(`${project.name}:${target.name} stands for ${mains.map(context.nameOf).join(', ')}`);
}

/** Main packages from the workspace root that a build of the project makes. */
function mainsOf({ root }: OldProject, directory: string | undefined, { mains }: ConversionContext): string[] {
  if (directory !== undefined) return mains.filter((main) => main === posix.join(root, directory));
  return mains.filter((main) => root === '.' || main === root || main.startsWith(`${root}/`));
}

/** Where the binary of `main` goes, as before; undefined where that is what nx-gopher does by itself. */
function outputPath(
  project: OldProject,
  main: string,
  options: Options,
  { peer, mains, report }: ConversionContext,
): string | undefined {
  const { module, root, name } = project;
  const binary = posix.basename(main === module?.dir ? module.path : main);
  const path = peer.outputPath(options, root, binary);
  const ours = posix.join('dist', main, posix.basename(main));
  if (path === ours || main === '.') return undefined;
  if (path.startsWith('../')) {
    report.note(name, `the binary was written outside the workspace, to ${path}; it is written to ${ours} now`);
    return undefined;
  }
  if (mains.some((other) => other !== main && posix.join('dist', other).startsWith(`${path}/`))) {
    report.note(name, `the binary was ${path}, which is a directory of other binaries; it is ${ours} now`);
    return undefined;
  }
  return path;
}

/** What a target says besides executor and options; caching and outputs are inferred from now on. */
function others(
  project: OldProject,
  { name, written }: OldTarget,
  { peer, report }: ConversionContext,
): TargetConfiguration {
  const { cache, inputs } = written;
  const inferred = [
    'executor',
    'options',
    'configurations',
    'cache',
    'inputs',
    'outputs',
    'continuous',
    'metadata',
  ] as const;
  return withoutUndefined({
    ...without(written, ...inferred),
    ...(cache === false ? { cache } : {}),
    inputs: convertInputs(inputs, peer, `${project.name}:${name}`, report),
  });
}

function write(writes: Writes, root: string, name: string, target: TargetConfiguration): void {
  const targets = writes.get(root) ?? new Map<string, TargetConfiguration | undefined>();
  targets.set(name, Object.keys(target).length ? target : undefined);
  writes.set(root, targets);
}
