import { linkSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';

import { isIntactBinary } from '../../go/build-id.js';
import { BuildLog, parseGoEvent } from '../../go/build-events.js';
import { loadClosures, type Closures } from '../../go/closures.js';
import { executableName } from '../../go/executable-name.js';
import { runGoGroup } from '../../go/process-group.js';
import type { TaskGroup } from '../batch/group-tasks.js';
import { pathsFromWorkspaceRoot } from '../output/workspace-paths.js';
import type { GoSession } from '../session.js';
import type { ReadyTask } from '../task.js';
import { makesProgram, outputPath } from './output-path.js';
import type { BuildExecutorOptions } from './schema.js';
import { createStaging } from '../staging.js';

type BuildTask = ReadyTask<BuildExecutorOptions>;

/** What one `go build` left behind. */
export interface BuiltRound {
  readonly failed: boolean;
  readonly log: BuildLog;
  /** Which packages belong to whom; only where go had something to say, and could tell. */
  readonly closures: Closures | undefined;
  /** All that go said, but for what was printed already because it belongs to no task. */
  readonly wholeText: string;
  /** Where go wrote a task's files, and where they belong. */
  filesOf(task: BuildTask): readonly { readonly made: string; readonly output: string }[];
  /** Whether go wrote a task's binary, or found the one that was there up to date. */
  made(task: BuildTask): boolean;
  /** A text as the user is to see it. */
  shown(text: string): string;
  /** Removes what was not moved away. */
  remove(): void;
}

/** Runs `go build` for a round of mains whose names differ, into a directory beside the first one's output. */
export async function goBuild(round: TaskGroup<BuildExecutorOptions>, session: GoSession): Promise<BuiltRound> {
  const { workspaceRoot } = session;
  const [first] = round.tasks;
  if (!first) throw new Error('a round without tasks');
  const go = await session.go();
  const staging = createStaging(outputPath(first, workspaceRoot));
  try {
    const target = makesProgram(first.options)
      ? `${staging.dir}${sep}`
      : join(staging.dir, basename(outputPath(first, workspaceRoot)));
    const offered = new Map(round.tasks.flatMap((task) => offerPresentOutput(task, staging.dir, workspaceRoot)));
    const patterns = round.tasks.flatMap((task) => task.packages.map(({ pattern }) => pattern));
    const where = { cwd: round.cwd, env: round.env };
    const log = new BuildLog();
    let plain = '';
    const args = ['build', '-json', '-o', target, ...round.flags, '--', ...patterns];
    const { exitCode, stderr } = await runGoGroup(go, args, where, (line) => {
      const event = parseGoEvent(line);
      if (!event || !log.add(event)) plain += `${line}\n`;
    });
    const failed = exitCode !== 0;
    const sole = round.tasks.length === 1;
    // All that is said of a sole task is its own, and silence belongs to nobody.
    const mine = sole || (!failed && log.text() === '');
    const closures = mine ? undefined : await loadClosures(go, patterns, round.flags, false, where);
    // What go says of no package: downloads, and with -v what it compiles.
    const aside = plain + stderr;
    const apart = !sole && (closures !== undefined || !failed);
    if (apart && aside !== '') process.stderr.write(aside);
    return {
      failed,
      log,
      closures,
      wholeText: (apart ? '' : aside) + log.text(),
      filesOf: (task) => filesOf(task, staging.dir, workspaceRoot),
      made: (task) => filesOf(task, staging.dir, workspaceRoot).some(({ made }) => isNewer(made, offered.get(made))),
      shown: (text) => pathsFromWorkspaceRoot(text, round.cwd, workspaceRoot),
      remove: () => staging.remove(),
    };
  } catch (error) {
    staging.remove();
    throw error;
  }
}

/**
 * Lets go see the binary that is there already, under the name it will give the new one: it links nothing that is up to
 * date. A hard link will do, since go replaces files and never writes into them.
 *
 * @returns the time of last change by path, of what was offered: go touches what it finds up to date.
 */
function offerPresentOutput(task: BuildTask, dir: string, workspaceRoot: string): [string, bigint][] {
  if (!makesProgram(task.options)) return [];
  return filesOf(task, dir, workspaceRoot).flatMap(({ made, output }): [string, bigint][] => {
    if (!isIntactBinary(output)) return [];
    try {
      linkSync(output, made);
      return [[made, statSync(made, { bigint: true }).mtimeNs]];
    } catch {
      // No hard links here: go links the binary anew.
      return [];
    }
  });
}

function isNewer(path: string, offered: bigint | undefined): boolean {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stat !== undefined && stat.mtimeNs !== offered;
}

function filesOf(task: BuildTask, dir: string, workspaceRoot: string): { made: string; output: string }[] {
  const output = outputPath(task, workspaceRoot);
  if (!makesProgram(task.options)) {
    return readdirSync(dir).map((name) => ({ made: join(dir, name), output: join(dirname(output), name) }));
  }
  const extension = task.buildConfiguration.goos === 'windows' ? '.exe' : '';
  return [{ made: join(dir, `${executableName(task.packages[0]?.importPath ?? '')}${extension}`), output }];
}
