import { linkSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';

import { makesProgram } from '../../go/binaries/build-mode.js';
import { isIntactBinary } from '../../go/binaries/build-id.js';
import { BuildLog, namesPackage, parseGoEvent } from '../../go/process/build-events.js';
import { loadClosures, type Closures } from '../../go/listing/closures.js';
import { executableName } from '../../go/binaries/executable-name.js';
import type { GoCommand } from '../../go/process/command.js';
import { runGoGroup } from '../../go/process/process-group.js';
import { actionsFlag } from '../flags/actions.js';
import type { TaskGroup } from '../batch/group-tasks.js';
import { pathsFromWorkspaceRoot } from '../output/workspace-paths.js';
import type { GoSession } from '../task/session.js';
import type { ReadyTask } from '../task/task.js';
import { CompileWatch } from './compile-watch.js';
import { watchFinished, wholeness } from './finished-binaries.js';
import { outputPath } from './output-path.js';
import type { BuildExecutorOptions } from './schema.js';
import { createStaging, stagingFolder } from '../output/staging.js';

type BuildTask = ReadyTask<BuildExecutorOptions>;

/** Where go wrote a file, and where it belongs. */
export interface BuiltFile {
  readonly made: string;
  readonly output: string;
}

/** What one `go build` left behind. */
export interface BuiltRound {
  readonly failed: boolean;
  readonly log: BuildLog;
  /** Which packages belong to whom; only where go had something to say, and could tell. */
  readonly closures: Closures | undefined;
  /** All that go said, but for what was printed already because it belongs to no task. */
  readonly wholeText: string;
  /** A task's files. */
  filesOf(task: BuildTask): readonly BuiltFile[];
  /**
   * When go began to compile a task's main package, in milliseconds since 1970; undefined where it had that already.
   */
  startTime(task: BuildTask): number | undefined;
  /** Whether go wrote a task's binary, or found the one that was there up to date. */
  made(task: BuildTask): boolean;
  /** A text as the user is to see it. */
  shown(text: string): string;
  /** Removes what was not moved away. */
  remove(): void;
}

/** What happens while go works. */
export interface BuildEvents {
  /** It goes on without compiling anything, as far as can be told. */
  readonly compiled: () => void;
  /** The binary of a task is there while go still works on others, unless go had something to say. */
  readonly built: (task: BuildTask, files: readonly BuiltFile[], startTime: number | undefined) => void;
}

/** Runs `go build` for a round of mains whose names differ, into a directory next to the first one's output. */
export async function goBuild(
  round: TaskGroup<BuildExecutorOptions>,
  session: GoSession,
  events: BuildEvents,
): Promise<BuiltRound> {
  const { workspaceRoot } = session;
  const where = { cwd: round.cwd, env: round.env };
  const [first] = round.tasks;
  if (!first) throw new Error('a round without tasks');
  const go = await session.go();
  const staging = createStaging(stagingFolder(workspaceRoot));
  try {
    const target = goOutput(first, staging.dir, workspaceRoot);
    const patterns = round.tasks.flatMap((task) => task.packages.map(({ pattern }) => pattern));
    const { filesOf, made } = stagedFiles(round.tasks, staging.dir, workspaceRoot);
    const log = new BuildLog();
    const linked = (): number => round.tasks.filter(made).length;
    const compiling = new CompileWatch(session.activity, round.tasks.length, linked, events.compiled);
    const output = new BuildOutput(log, compiling, first.options.verbose ?? false);
    const startTime = (task: BuildTask): number | undefined => compiling.startOf(task.packages[0]?.importPath ?? '');
    const isWhole = wholeness(staging.dir, round.env['GOTMPDIR'] ?? go.workFolder);
    const watch = watchFinished(
      round.tasks.length > 1 ? round.tasks : [],
      (task) => log.isEmpty && output.plain === '' && made(task),
      (task) => filesOf(task).every((file) => isWhole(file.made)),
      (task) => events.built(task, filesOf(task), startTime(task)),
    );
    // With -v go names each package that it begins to compile.
    const warmed = await session.warmed({ patterns, flags: round.flags, tests: false, where });
    const flags = [...(await actionsFlag(first, session)), ...warmed.flags, ...round.flags];
    const args = ['build', '-json', '-v', '-o', target, ...flags, '--', ...patterns];
    const running = runGoGroup(go, args, where, (line) => output.read(line));
    const { exitCode, stderr } = await running.finally(() => [watch, compiling, warmed].forEach((one) => one.stop()));
    const said = await understand(round, { go, patterns, failed: exitCode !== 0, log, aside: output.plain + stderr });
    const shown = (text: string): string => pathsFromWorkspaceRoot(text, round.cwd, workspaceRoot);
    return { ...said, filesOf, made, startTime, shown, remove: () => staging.remove() };
  } catch (error) {
    staging.remove();
    throw error;
  }
}

/** What go is told to write: programs into a directory, each under a name of its own, or one library. */
function goOutput(task: BuildTask, dir: string, workspaceRoot: string): string {
  if (makesProgram(task.options.buildmode)) return `${dir}${sep}`;
  return join(dir, basename(outputPath(task, workspaceRoot)));
}

/** What go prints while it builds, told apart line by line. */
class BuildOutput {
  /** What go says of no package. */
  plain = '';

  constructor(
    private readonly log: BuildLog,
    private readonly compiling: CompileWatch,
    private readonly verbose: boolean,
  ) {}

  read(line: string): void {
    const event = parseGoEvent(line);
    const isName = event !== undefined && namesPackage(event);
    if (isName) this.compiling.add(event.ImportPath ?? '');
    if (isName && !this.verbose) return;
    if (!event || !this.log.add(event)) this.plain += `${line}\n`;
  }
}

interface Said {
  readonly go: GoCommand;
  readonly patterns: readonly string[];
  readonly failed: boolean;
  readonly log: BuildLog;
  /** What go says of no package: downloads, and with -v what it compiles. */
  readonly aside: string;
}

/** Finds out to whom belongs what go said; prints what belongs to nobody. */
async function understand(
  round: TaskGroup<BuildExecutorOptions>,
  { go, patterns, failed, log, aside }: Said,
): Promise<Pick<BuiltRound, 'failed' | 'log' | 'closures' | 'wholeText'>> {
  const sole = round.tasks.length === 1;
  // All that is said of a sole task is its own, and silence belongs to nobody.
  const mine = sole || (!failed && log.isEmpty);
  const where = { cwd: round.cwd, env: round.env };
  const closures = mine ? undefined : await loadClosures(go, patterns, round.flags, false, where);
  const apart = !sole && (closures !== undefined || !failed);
  if (apart && aside !== '') process.stderr.write(aside);
  return { failed, log, closures, wholeText: (apart ? '' : aside) + log.text() };
}

/** Where go writes the files of tasks, and how to tell that it has. */
function stagedFiles(
  tasks: readonly BuildTask[],
  dir: string,
  workspaceRoot: string,
): Pick<BuiltRound, 'filesOf' | 'made'> {
  const offered = new Map(tasks.flatMap((task) => offerPresentOutput(task, dir, workspaceRoot)));
  const filesOf = (task: BuildTask): BuiltFile[] => builtFiles(task, dir, workspaceRoot);
  return { filesOf, made: (task) => filesOf(task).some((file) => isNewer(file.made, offered.get(file.made))) };
}

/**
 * Lets go see the binary that is there already, under the name it will give the new one: it links nothing that is up to
 * date. A hard link will do, since go replaces files and never writes into them.
 *
 * @returns the time of last change by path, of what was offered: go touches what it finds up to date.
 */
function offerPresentOutput(task: BuildTask, dir: string, workspaceRoot: string): [string, bigint][] {
  if (!makesProgram(task.options.buildmode)) return [];
  return builtFiles(task, dir, workspaceRoot).flatMap(({ made, output }): [string, bigint][] => {
    if (!isIntactBinary(output)) return [];
    try {
      linkSync(output, made);
      return [[made, statSync(made, { bigint: true }).mtimeNs]];
    } catch {
      // No hard links here: go links the binary again.
      return [];
    }
  });
}

function isNewer(path: string, offered: bigint | undefined): boolean {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stat !== undefined && stat.mtimeNs !== offered;
}

function builtFiles(task: BuildTask, dir: string, workspaceRoot: string): BuiltFile[] {
  const output = outputPath(task, workspaceRoot);
  if (!makesProgram(task.options.buildmode)) {
    return readdirSync(dir).map((name) => ({ made: join(dir, name), output: join(dirname(output), name) }));
  }
  const extension = task.buildConfiguration.goos === 'windows' ? '.exe' : '';
  return [{ made: join(dir, `${executableName(task.packages[0]?.importPath ?? '')}${extension}`), output }];
}
