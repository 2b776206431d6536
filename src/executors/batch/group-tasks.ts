import { splitCommandLine } from '../../go/process/command-line.js';
import { taskEnvironment } from '../task/session.js';
import type { GoTargetOptions, ReadyTask } from '../task/task.js';

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

/** Puts the tasks together that can share a go process, and keeps each command line within the system's limit. */
export function groupTasks<Options extends GoTargetOptions>(
  flagged: readonly FlaggedTask<Options>[],
  maxCommandLine?: number,
): TaskGroup<Options>[] {
  const groups = new Map<string, FlaggedTask<Options>[]>();
  for (const entry of flagged) {
    const { task, flags, alone } = entry;
    const key = JSON.stringify([task.module.cwd, taskEnvironment(task), flags, alone ? task.id : '']);
    groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  return [...groups.values()].flatMap((entries) => split(entries, maxCommandLine));
}

function split<Options extends GoTargetOptions>(
  entries: readonly FlaggedTask<Options>[],
  maxCommandLine: number | undefined,
): TaskGroup<Options>[] {
  const [first] = entries;
  if (!first) return [];
  const { task, flags } = first;
  const patternsOf = (entry: FlaggedTask<Options>): string[] => entry.task.packages.map(({ pattern }) => pattern);
  return splitCommandLine(entries, patternsOf, flags, maxCommandLine).map((part) => ({
    cwd: task.module.cwd,
    env: taskEnvironment(task),
    flags,
    tasks: part.map((entry) => entry.task),
  }));
}
