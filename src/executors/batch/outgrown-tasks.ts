import { buildConfigurationFlags } from '../../go/configuration/build-configuration.js';
import { loadClosures, type Closures } from '../../go/listing/closures.js';
import { readsTests } from '../../facts/target-kinds.js';
import { targetFacts } from '../../facts/target-facts.js';
import type { GoSession } from '../task/session.js';
import type { ReadyTask } from '../task/task.js';
import { groupTasks } from './group-tasks.js';

/**
 * Finds the tasks whose closure has outgrown their inputs: generated code that git ignores was rewritten since the
 * project graph was computed, and makes go read more than before. Nx does not notice, and would cache the result under
 * a hash that does not hold what is read now.
 *
 * @returns why not to run them, by task id.
 */
export async function outgrownTasks(
  tasks: readonly ReadyTask[],
  session: GoSession,
): Promise<ReadonlyMap<string, string>> {
  const watched = tasks.filter((task) => task.cacheable && closureOf(task));
  const refused = new Map<string, string>();
  const groups = groupTasks(watched.map((task) => ({ task, flags: buildConfigurationFlags(task.options) })));
  for (const { cwd, env, flags, tasks: group } of groups) {
    const patterns = group.flatMap((task) => task.packages.map(({ pattern }) => pattern));
    const tests = group.some(({ executor }) => readsTests(executor));
    const closures = await loadClosures(await session.go(), patterns, flags, tests, { cwd, env });
    if (!closures) continue;
    for (const task of group) {
      const closure = new Set(closureOf(task));
      const news = [...readsOf(task, closures)].filter((read) => !closure.has(read));
      if (news.length > 0) refused.set(task.id, refusalOf(task, news.sort()));
    }
  }
  return refused;
}

function readsOf({ packages, executor }: ReadyTask, closures: Closures): ReadonlySet<string> {
  const roots = new Set(packages.map(({ importPath }) => importPath));
  const closure = packages.flatMap(({ importPath }) => [...closures.of(importPath)]);
  return new Set(closure.flatMap((path) => closures.readsOf(path, readsTests(executor) && roots.has(path))));
}

function closureOf(task: ReadyTask): readonly string[] | undefined {
  return targetFacts(task.targetConfiguration)?.closure;
}

function refusalOf(task: ReadyTask, news: readonly string[]): string {
  return (
    `nx-gopher does not run ${task.id}: generated code has begun to use ` +
    `${news.join(', ')} since Nx computed the project graph. The inputs of the task do not hold it yet, so its result ` +
    `could be stale.\n` +
    `Run the command again. Where Nx's daemon is on, first run \`nx daemon --stop\`.\n`
  );
}
