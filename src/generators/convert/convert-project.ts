import type { TargetConfiguration } from '@nx/devkit';

import type { ConversionContext } from './conversion-context.js';
import { convertBuild } from './convert-build.js';
import { convertServe } from './convert-serve.js';
import { NotConvertible } from './go-options.js';
import type { OldProject, OldTarget } from './old-projects.js';
import { KINDS, type Options, type PeerKind } from './peer.js';
import { commandTarget, testTarget, tidyTarget } from './project-targets.js';
import type { ConversionReport } from './report.js';
import { packagesOf, spread } from './spread-target.js';
import { unreadOptions } from './unread-options.js';
import { write, type Writes } from './writes.js';

/** Converts the targets of one project; what it writes goes into `writes`, what it cannot into the report. */
export function convertProject(project: OldProject, context: ConversionContext, writes: Writes): void {
  const { peer, report } = context;
  for (const target of project.targets) {
    const where = `${project.name}:${target.name}`;
    const before = `${peer.packageName}:${target.kind}${target.isWritten ? '' : ' (inferred)'}`;
    report.target(where, before, converted(project, target, context, writes));
  }
}

/** Converts a target where that is possible, and says in one word or a few what it is now. */
function converted(project: OldProject, target: OldTarget, context: ConversionContext, writes: Writes): string {
  const { report } = context;
  const where = `${project.name}:${target.name}`;
  try {
    const after = convertTarget(project, target, context, writes);
    for (const option of unreadOptions(target)) report.note(where, `option ${option} has no counterpart and is gone`);
    return after;
  } catch (error) {
    if (!(error instanceof NotConvertible)) throw error;
    if (target.isWritten) report.leftInPlace(where, error.message);
    else report.note(where, `gone: ${error.message}`);
    return target.isWritten ? 'as it was' : 'gone';
  }
}

function convertTarget(project: OldProject, target: OldTarget, context: ConversionContext, writes: Writes): string {
  const { peer } = context;
  const { name, kind, written } = target;
  if (kind === 'generate' && !target.isWritten && !project.module?.generates)
    throw new NotConvertible('it has nothing to generate');
  const served = convertServe(project, target, context, writes);
  if (served !== undefined) return served;
  const command = commandTarget(written, kind, peer, project.root);
  if (command) {
    write(writes, project.root, name, command);
    return 'nx:run-commands';
  }
  if (!(kind in KINDS)) throw new NotConvertible(`nx-gopher has no ${kind}`);
  if (kind === 'build') return convertBuild(project, target, context, writes);
  const dirs = packagesOf(project, kind, context);
  if (dirs.length === 0) throw new NotConvertible(`nx-gopher infers no ${kind} for ${project.root} or a package below`);
  if (kind === 'lint') noteLint(project, target, context.report);
  if (kind === 'test' && !dirs.includes(project.root) && 'coverProfile' in (written.options ?? {}))
    context.report.note(`${project.name}:${name}`, 'each package writes a coverage profile of its own');
  return spread(project, target, dirs, (dir) => ownOptions(kind, written, dir), context, writes);
}

/** What a test, lint or tidy says in options of nx-gopher. */
function ownOptions(kind: PeerKind, written: TargetConfiguration, dir: string): TargetConfiguration {
  if (kind === 'test') return testTarget(written, dir);
  return kind === 'tidy' ? tidyTarget(written) : {};
}

function noteLint({ name: project }: OldProject, { name, written }: OldTarget, report: ConversionReport): void {
  const { args } = (written.options ?? {}) as Options;
  report.note(project, `${name} ran go fmt, which rewrites files; it is go vet now (gofmt -l . checks the format)`);
  if (args) report.note(project, `args of go fmt are gone: ${JSON.stringify(args)}`);
}
