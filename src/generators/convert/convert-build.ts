import { posix } from 'node:path';

import { executableName } from '../../go/binaries/executable-name.js';
import type { ConversionContext } from './conversion-context.js';
import { NotConvertible } from './go-options.js';
import { mainsOf } from './main-packages.js';
import { withoutUndefined } from './members.js';
import type { OldProject, OldTarget } from './old-projects.js';
import type { Options } from './peer.js';
import { buildTarget } from './project-targets.js';
import { spread } from './spread-target.js';
import type { Writes } from './writes.js';

/**
 * A build goes to the project of each main package; where that is another one, the old name leads there.
 *
 * @returns what the target is now.
 * @throws NotConvertible for another compiler, flags that need a shell, or when there is nothing to build.
 */
export function convertBuild(
  project: OldProject,
  target: OldTarget,
  context: ConversionContext,
  writes: Writes,
): string {
  const { peer, report, modules } = context;
  const isFurther = target.name !== context.names.build;
  const { compiler, main } = (target.written.options ?? {}) as Options;
  if (compiler !== undefined && compiler !== 'go')
    throw new NotConvertible(`nx-gopher builds with go, not with ${String(compiler)}`);
  const mains = mainsOf(main, project, peer, modules);
  if (mains.length === 0)
    throw new NotConvertible(`there is no main package to build${main === undefined ? '' : ` in ${String(main)}`}`);
  const built = new Map(
    mains.map((dir) => [
      dir,
      buildTarget(target.written, peer, (old) => outputPath(project, dir, old, isFurther, context)),
    ]),
  );
  for (const { notes } of built.values()) for (const note of notes) report.note(`${project.name}:${target.name}`, note);
  const optionsOf = (dir: string) => {
    const { options, configurations } = built.get(dir) ?? {};
    return withoutUndefined({ options, configurations });
  };
  return spread(project, target, mains, optionsOf, context, writes);
}

/** Where the binary of `main` goes, as before; undefined where that is what nx-gopher does by itself. */
function outputPath(
  project: OldProject,
  main: string,
  options: Options,
  isFurther: boolean,
  { peer, modules, report }: ConversionContext,
): string | undefined {
  const { root, name } = project;
  const module = modules.find(({ dir }) => dir === main);
  const binary = executableName(module?.path ?? main);
  const path = peer.outputPath(options, root, binary);
  const ours = posix.join('dist', main, executableName(main === '.' ? (module?.path ?? main) : main));
  // Where dist is there, go writes into it what it is told to call dist.
  if ((path === ours && !isFurther) || path === 'dist') return undefined;
  if (path.startsWith('../')) {
    report.note(name, `the binary was written outside the workspace, to ${path}; it is written to ${ours} now`);
    return undefined;
  }
  const mains = modules.flatMap((one) => one.mains.map((dir) => posix.join(one.dir, dir)));
  if (mains.some((other) => other !== main && posix.join('dist', other).startsWith(`${path}/`))) {
    report.note(name, `the binary was ${path}, which is a directory of other binaries; it is ${ours} now`);
    return undefined;
  }
  return path;
}
