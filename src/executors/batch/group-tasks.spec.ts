import { describe, expect, it } from '@jest/globals';

import type { GoTargetOptions, ReadyTask } from '../task/task.js';
import { groupTasks } from './group-tasks.js';

function task(id: string, options: GoTargetOptions = {}, cwd = '/w'): ReadyTask {
  const packages = [{ dir: `${cwd}/${id}`, pattern: `./${id}`, importPath: `m/${id}` }];
  return { id, options, packages, module: { cwd, env: { GOWORK: 'off' } } } as unknown as ReadyTask;
}

const ids = (groups: readonly { readonly tasks: readonly ReadyTask[] }[]): string[][] =>
  groups.map(({ tasks }) => tasks.map(({ id }) => id));

describe('groupTasks', () => {
  it('puts together what agrees in directory, environment and flags', () => {
    const groups = groupTasks([
      { task: task('a'), flags: ['-x'] },
      { task: task('b', {}, '/w/other'), flags: ['-x'] },
      { task: task('c', { goos: 'windows' }), flags: ['-x'] },
      { task: task('d'), flags: ['-race'] },
      { task: task('e'), flags: ['-x'] },
    ]);
    expect(ids(groups)).toEqual([['a', 'e'], ['b'], ['c'], ['d']]);
    expect(groups[2]).toMatchObject({ cwd: '/w', env: { GOWORK: 'off', GOOS: 'windows' }, flags: ['-x'] });
  });

  it('keeps to itself what must be alone', () => {
    const groups = groupTasks([
      { task: task('a'), flags: [], alone: true },
      { task: task('b'), flags: [], alone: true },
      { task: task('c'), flags: [] },
    ]);
    expect(ids(groups)).toEqual([['a'], ['b'], ['c']]);
  });

  it('splits what is too long for a command line, and never leaves one out', () => {
    const flagged = Array.from({ length: 10 }, (_, index) => ({ task: task(`pkg${index}`), flags: [] }));
    const groups = ids(groupTasks(flagged, 230));
    expect(groups.flat()).toHaveLength(10);
    expect(groups.every((group) => group.length === 3 || group.length === 1)).toBe(true);
    expect(ids(groupTasks(flagged, 1))).toHaveLength(10);
  });
});
