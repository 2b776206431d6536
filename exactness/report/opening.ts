import { FAILS } from '../truth/go-truth.js';
import type { State } from '../verdict.js';

/** Most tasks that a line names. */
const MOST = 5;

/**
 * Says what will be compared in a workspace.
 *
 * @param initial the state before the first mutation.
 * @throws Error that names the remedy, where there is nothing to compare.
 */
export function opening(name: string, { measurement, truth }: State): string {
  const tasks = Object.entries(measurement.tasks).flatMap(([task, { go }]) => (go ? [{ task, kind: go.kind }] : []));
  if (tasks.length === 0) {
    throw new Error(
      `there is nothing to compare: no build and no test is inferred in ${name}. See what \`npx nx show projects\` says, and whether the plugin's options in nx.json leave the Go packages out.`,
    );
  }
  const told = tasks.map(({ task }) => task).filter((task) => task in truth);
  const failing = told.filter((task) => truth[task] === FAILS);
  if (failing.length === told.length) {
    throw new Error(
      `go can build none of the tasks of ${name} as it is (${listed(failing)}). \`npx nx run-many -t build test\` says why.`,
    );
  }
  const count = (kind: string): number => tasks.filter((task) => task.kind === kind && task.task in truth).length;
  const builds = tasks.filter(({ kind }) => kind === 'build').length;
  return [
    `${name}: go builds ${count('build')} mains and ${count('test')} test binaries after each mutation.`,
    ...(builds === 0 ? ['  It has no main package with a build: tests alone are compared.'] : []),
    ...(failing.length ? [`  Not compared until go can build them: ${listed(failing)}`] : []),
  ].join('\n');
}

function listed(tasks: readonly string[]): string {
  const more = tasks.length - MOST;
  return tasks.slice(0, MOST).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
