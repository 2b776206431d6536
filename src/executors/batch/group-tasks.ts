import { taskEnvironment } from '../session.js';
import type { GoTargetOptions, ReadyTask } from '../task.js';

/** Tasks that one go process can work on: same directory, same environment, same flags. */
export interface TaskGroup<Options extends GoTargetOptions> {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly flags: readonly string[];
  readonly tasks: readonly ReadyTask<Options>[];
}

/** A task with the flags it needs; tasks that must have a go process for themselves differ in `alone`. */
export interface FlaggedTask<Options extends GoTargetOptions> {
  readonly task: ReadyTask<Options>;
  readonly flags: readonly string[];
  readonly alone?: boolean;
}

/** Longest command line used, in characters: Windows takes 32,767, Linux 2 MiB less the environment. */
const MAX_COMMAND_LINE = process.platform === 'win32' ? 28_000 : 100_000;

/** Puts the tasks together that can share a go process, and keeps each command line within the system's limit. */
export function groupTasks<Options extends GoTargetOptions>(
  flagged: readonly FlaggedTask<Options>[],
  maxCommandLine = MAX_COMMAND_LINE,
): TaskGroup<Options>[] {
  const groups = new Map<string, FlaggedTask<Options>[]>();
  for (const entry of flagged) {
    const { task, flags, alone } = entry;
    const key = JSON.stringify([task.module.cwd, taskEnvironment(task), flags, alone ? task.id : '']);
    groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  return [...groups.values()].flatMap((entries) => chunk(entries, maxCommandLine));
}

function chunk<Options extends GoTargetOptions>(
  entries: readonly FlaggedTask<Options>[],
  maxCommandLine: number,
): TaskGroup<Options>[] {
  const chunks: ReadyTask<Options>[][] = [];
  const fixed = (entries[0]?.flags ?? []).join(' ').length + 200;
  let length = Infinity;
  for (const { task } of entries) {
    // Go takes each pattern three bytes longer at most, with its blank and its quotes.
    const own = task.packages.reduce((sum, { pattern }) => sum + pattern.length + 3, 0);
    if (length + own > maxCommandLine) {
      chunks.push([]);
      length = fixed;
    }
    chunks.at(-1)?.push(task);
    length += own;
  }
  const first = entries[0];
  if (!first) return [];
  return chunks.map((tasks) => ({
    cwd: first.task.module.cwd,
    env: taskEnvironment(first.task),
    flags: first.flags,
    tasks,
  }));
}
