import { counted } from '../../counted.js';
import { unhashedLinterFlags } from '../../facts/linter-facts.js';
import { splitTags } from '../../go/configuration/build-configuration.js';
import { splitWords } from '../../go/configuration/words.js';
import type { LinterAnswer } from '../../go/linting/finding.js';
import { linterOf } from '../../go/linting/linters.js';
import type { TaskGroup } from '../batch/group-tasks.js';
import type { Job } from '../batch/jobs.js';
import type { PlanTasks } from '../batch/run-tasks.js';
import type { GoSession } from '../task/session.js';
import type { ReadyTask, Report } from '../task/task.js';
import { vetTasks } from '../vet/vet-tasks.js';
import { askLinter } from './ask-linter.js';
import { linterGroups } from './linter-groups.js';
import { outcomeOf } from './outcome.js';
import type { LintExecutorOptions } from './schema.js';
import { hasStray, verdicts } from './verdicts.js';

type LintTask = ReadyTask<LintExecutorOptions>;

/** Lints packages: one process of the linter for all that agree in configuration, language version and settings. */
export const lintTasks: PlanTasks<LintExecutorOptions> = async (all, session, report) => {
  const refused = all.flatMap((task) => refusal(task) ?? []);
  for (const { task, text } of refused) report(task.id, { success: false, text });
  const tasks = all.filter((task) => !refused.some((one) => one.task === task));
  const isVetted = ({ options }: LintTask): boolean => linterOf(options) === undefined;
  const vetted = tasks.filter(isVetted);
  const groups = linterGroups(
    tasks.filter((task) => !isVetted(task)),
    ({ executor, options: { linter = '', args, tags } }) => {
      const named = tags === undefined ? [] : [`-tags=${splitTags(tags).join(',')}`];
      return [executor, linter, ...named, ...splitWords(args)];
    },
  );
  return [
    ...(vetted.length > 0 ? await vetTasks(vetted, session, report) : []),
    ...groups.map((group): Job => {
      const name = `lint: ${counted(group.tasks.length, 'package')}`;
      const run = (): Promise<void> => session.activity.during(name, () => lintGroup(group, session, report));
      return { tasks: group.tasks, run };
    }),
  ];
};

/** Why a task must not run as the command line has it. */
function refusal(task: LintTask): { readonly task: LintTask; readonly text: string } | undefined {
  const { id, executor, options, cacheable } = task;
  if (executor === 'lint-fix' && linterOf(options)?.command !== 'golangci-lint')
    return { task, text: `${id} mends nothing: ${options.linter} only finds. golangci-lint mends.\n` };
  const [flag] = cacheable ? unhashedLinterFlags(splitWords(options.args)) : [];
  if (flag === undefined) return undefined;
  const lines = JSON.stringify({ targets: { [task.target]: { cache: false, options: { args: options.args } } } });
  const text = `nx-gopher does not run ${id}: nothing hashes what ${flag} reads, so its result could be stale. Write it into the target:\n  ${lines}\n`;
  return { task, text };
}

/** Of how many packages a failure in the same words counts for all that are left: a broken configuration says so. */
const ENOUGH = 3;

/** Asks until all tasks have an answer: where a package has no types, a linter says nothing of any other one. */
async function lintGroup(group: TaskGroup<LintExecutorOptions>, session: GoSession, report: Report): Promise<void> {
  const open: (readonly LintTask[])[] = [group.tasks];
  // What keeps the linter from looking at one package after the other in the same words is about none of them.
  const alike = { failure: '', times: 0 };
  for (let tasks = open.pop(); tasks; tasks = open.pop()) {
    const answer: LinterAnswer =
      alike.times < ENOUGH ? await askLinter(tasks, group, session) : { findings: [], failure: alike.failure };
    const { failure, findings } = answer;
    if (tasks.length > 1 && (failure !== undefined || hasStray(tasks, findings))) {
      open.push(...tasks.map((task) => [task]));
      continue;
    }
    alike.times = failure === undefined ? 0 : failure === alike.failure ? alike.times + 1 : 1;
    alike.failure = failure ?? '';
    const { settled, again } = verdicts(tasks, findings);
    for (const [task, own] of settled)
      report(task.id, await outcomeOf(task, { findings: own, failure }, session.workspaceRoot));
    if (again.length > 0) open.push(again);
  }
}
