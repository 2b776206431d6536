import { afterAll, afterEach, expect, it } from '@jest/globals';

import { GoWorkspace, inOneJob } from '../../../testing/executors/go-workspace.js';
import type { GoTargetOptions } from '../task/task.js';
import type { PlanTasks } from './run-tasks.js';

const workspace = new GoWorkspace({ 'go.mod': 'module example.com/m\n\ngo 1.24\n' });
afterAll(() => workspace.remove());
afterEach(() => {
  delete process.env['NX_BAIL'];
});
const ok = { success: true, text: '' };

it('runs in waves and skips what depends on a failure', async () => {
  const waves: string[][] = [];
  const runner = inOneJob(async (tasks, report) => {
    waves.push(tasks.map(({ id }) => id));
    for (const { id } of tasks) report(id, { success: id !== 'b:x', text: id });
  });
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
  const results = await workspace.run(
    'test',
    inOneJob(async (_tasks, report) => {
      report('a:x', ok);
      report('a:x', { success: false, text: 'late' });
      report('unknown:x', ok);
    }),
    { 'a:x': { root: '.' }, 'b:x': { root: '.' } },
  );
  expect(results['a:x']).toMatchObject({ success: true, terminalOutput: '' });
  expect(results['b:x']).toMatchObject({ success: false });
  expect(results['b:x']?.terminalOutput).toContain('without a result');
});

it('an exception fails the tasks that have no result yet', async () => {
  const results = await workspace.run(
    'test',
    inOneJob(async (_tasks, report) => {
      report('a:x', ok);
      throw new Error('out of luck');
    }),
    { 'a:x': { root: '.' }, 'b:x': { root: '.' } },
  );
  expect(results['a:x']).toMatchObject({ success: true });
  expect(results['b:x']).toMatchObject({ success: false, terminalOutput: 'out of luck\n' });
});

it('starts a task as soon as its own dependencies have ended', async () => {
  const order: string[] = [];
  const plan: PlanTasks<GoTargetOptions> = async (tasks, _session, report) =>
    tasks.map((task) => ({
      tasks: [task],
      run: async () => {
        order.push(`${task.id} starts`);
        if (task.id === 'slow:x') await new Promise((resolve) => setTimeout(resolve, 500));
        order.push(`${task.id} ends`);
        report(task.id, ok);
      },
    }));
  const results = await workspace.run('test', plan, {
    'slow:x': { root: '.' },
    'quick:x': { root: '.' },
    'after:x': { root: '.', dependsOn: ['quick:x'] },
  });
  expect(order.indexOf('after:x ends')).toBeLessThan(order.indexOf('slow:x ends'));
  const [slow, after] = [results['slow:x'], results['after:x']];
  expect(after?.endTime).toBeLessThan(slow?.endTime ?? 0);
  expect(after?.startTime).toBeGreaterThanOrEqual(slow?.startTime ?? Infinity);
});

it.each([true, false])('starts nothing after a failure, and says so, with --nxBail: %s', async (bails) => {
  if (bails) process.env['NX_BAIL'] = 'true';
  const started: string[] = [];
  // Of those that compile the same, one runs at a time.
  const plan: PlanTasks<GoTargetOptions> = async (tasks, _session, report) =>
    tasks.map((task) => ({
      tasks: [task],
      compiles: 'the same',
      run: async () => {
        started.push(task.id);
        report(task.id, { success: task.id !== 'bad:x', text: '' });
      },
    }));
  const results = await workspace.run('test', plan, {
    'bad:x': { root: '.' },
    'good:x': { root: '.' },
    'after:x': { root: '.', dependsOn: ['good:x'] },
  });
  const rest = bails ? 'skipped' : 'success';
  expect(started).toEqual(bails ? ['bad:x'] : ['bad:x', 'good:x', 'after:x']);
  expect(Object.fromEntries(Object.entries(results).map(([id, { status }]) => [id, status]))).toEqual({
    'bad:x': 'failure',
    'good:x': rest,
    'after:x': rest,
  });
});
