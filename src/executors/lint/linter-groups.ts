import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { LinterFacts } from '../../facts/linter-facts.js';
import { targetFacts } from '../../facts/target-facts.js';
import { languageVersion, parseModFile, type Directive } from '../../go/modules/mod-file.js';
import { groupTasks, type TaskGroup } from '../batch/group-tasks.js';
import type { GoTargetOptions, ReadyTask } from '../task/task.js';
import { TaskError } from '../task/task-error.js';

/**
 * Puts tasks together that can share a process of a linter or formatter: those of one kind whose configurations and
 * whose modules' language version are the same. The tool takes the version from the go.mod above its directory; where
 * linters read more of it, those of one module.
 *
 * @param flagsOf what else has to be the same.
 */
export function linterGroups<Options extends GoTargetOptions>(
  tasks: readonly ReadyTask<Options>[],
  flagsOf: (task: ReadyTask<Options>) => readonly string[],
): TaskGroup<Options>[] {
  const versions = new Map<string, string>();
  return groupTasks(
    tasks.map((task) => {
      const { moduleDir } = task.module;
      const version = versions.get(moduleDir) ?? languageVersion(directivesOf(moduleDir));
      versions.set(moduleDir, version);
      const { configurations, moduleDir: own = '' } = linterFacts(task);
      const files = configurations.map(({ file = '' }) => file);
      return { task, flags: [version, own, ...files, ...flagsOf(task)] };
    }),
  );
}

function directivesOf(moduleDir: string): Directive[] {
  return parseModFile(readFileSync(join(moduleDir, 'go.mod'), 'utf8'));
}

/** What the graph found for a task's packages. @throws TaskError when the graph did not infer the target. */
export function linterFacts(task: Pick<ReadyTask, 'id' | 'targetConfiguration'>): LinterFacts {
  const facts = targetFacts(task.targetConfiguration)?.linter;
  if (facts) return facts;
  throw new TaskError(
    `nx-gopher does not run ${task.id}: it inferred nothing for the target. Use the target that it infers for packages ` +
      `with a .golangci.yml above them, or give the plugin the option "lint" or "format" in nx.json.\n`,
  );
}
