import { afterAll, expect, it } from '@jest/globals';

import { GoWorkspace } from '../../../testing/executors/go-workspace.js';
import type { TaskRunner } from './run-tasks.js';

const workspace = new GoWorkspace({ 'go.mod': 'module example.com/m\n\ngo 1.24\n' });
afterAll(() => workspace.remove());
const ok = { success: true, text: '' };

it('runs in waves and skips what depends on a failure', async () => {
  const waves: string[][] = [];
  const runner: TaskRunner<object> = async (tasks, _session, report) => {
    waves.push(tasks.map(({ id }) => id));
    for (const { id } of tasks) report(id, { success: id !== 'b:x', text: id });
  };
  const results = await workspace.run('test', runner, {
    'd:x': { root: '.', dependsOn: ['c:x'] },
    'c:x': { root: '.', dependsOn: ['b:x', 'elsewhere:x'] },
    'b:x': { root: '.' },
    'a:x': { root: '.' },
    'e:x': { root: '.', dependsOn: ['a:x'] },
  });
  expect(waves).toEqual([['b:x', 'a:x'], ['e:x']]);
  expect(Object.fromEntries(Object.entries(results).map(([id, { status }]) => [id, status]))).toEqual({
    'a:x': 'success',
    'b:x': 'failure',
    'c:x': 'skipped',
    'd:x': 'skipped',
    'e:x': 'success',
  });
});

it('a task that the runner forgets has failed and says so; a second result does not count', async () => {
  const results = await workspace.run<object>(
    'test',
    async (_tasks, _session, report) => {
      report('a:x', ok);
      report('a:x', { success: false, text: 'late' });
      report('unknown:x', ok);
    },
    { 'a:x': { root: '.' }, 'b:x': { root: '.' } },
  );
  expect(results['a:x']).toMatchObject({ success: true, terminalOutput: '' });
  expect(results['b:x']).toMatchObject({ success: false });
  expect(results['b:x']?.terminalOutput).toContain('without a result');
});

it('an exception fails the tasks that have no result yet', async () => {
  const results = await workspace.run<object>(
    'test',
    async (_tasks, _session, report) => {
      report('a:x', ok);
      throw new Error('out of luck');
    },
    { 'a:x': { root: '.' }, 'b:x': { root: '.' } },
  );
  expect(results['a:x']).toMatchObject({ success: true });
  expect(results['b:x']).toMatchObject({ success: false, terminalOutput: 'out of luck\n' });
});
