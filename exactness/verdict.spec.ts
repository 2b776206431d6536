import { describe, expect, it } from '@jest/globals';

import type { ChangeMeasurement, TaskHash } from '../testing/measuring/measure.js';
import { FAILS, type Truth } from './truth/go-truth.js';
import { judge, type State } from './verdict.js';

const task = (hash: string, parts: Record<string, string> = { files: hash }): TaskHash => ({
  hash,
  parts,
  cacheable: true,
  outputs: [],
  go: { kind: 'build', options: {}, packages: [] },
});

function state(
  tasks: Record<string, TaskHash>,
  truth: Truth,
  selectedTasks: string[] = [],
): State & { measurement: ChangeMeasurement } {
  const measurement = {
    graphMilliseconds: 0,
    projects: {},
    edges: {},
    tasks,
    changed: ['x'],
    selected: selectedTasks,
    selectedTasks,
    selectedProjects: [],
  };
  return { measurement, truth };
}

const before = state({ 'a:build': task('1'), 'b:build': task('1') }, { 'a:build': 'x', 'b:build': 'x' });

describe('judge', () => {
  it('finds nothing where nothing moved', () => {
    expect(judge(before, before, true, undefined)).toEqual({
      pairs: 2,
      stale: [],
      missed: [],
      unselected: [],
      needless: [],
      needlessHits: 0,
      inVain: 0,
      unequal: [],
    });
  });

  it('tells a needless build from one that an earlier state has made', () => {
    const tasks = { 'a:build': task('2'), 'b:build': task('3') };
    const after = state(tasks, before.truth, ['a:build', 'b:build']);
    const verdict = judge(before, after, true, undefined, (id, hash) => id === 'a:build' && hash === '2');
    expect(verdict).toMatchObject({ needless: ['a:build', 'b:build'], needlessHits: 1 });
  });

  it('calls a task stale whose truth moved alone, and missed when it is not selected', () => {
    const after = state(before.measurement.tasks as Record<string, TaskHash>, { 'a:build': 'y', 'b:build': 'x' });
    expect(judge(before, after, true, undefined)).toMatchObject({ stale: ['a:build'], missed: ['a:build'] });
  });

  it('calls a build that fails now a truth that moved', () => {
    const after = state(before.measurement.tasks as Record<string, TaskHash>, { 'a:build': FAILS, 'b:build': 'x' });
    expect(judge(before, after, true, undefined).stale).toEqual(['a:build']);
  });

  it('calls a task missed whose hash moved without selection, if git could see the change', () => {
    const after = state({ 'a:build': task('2'), 'b:build': task('1') }, { 'a:build': 'y', 'b:build': 'x' });
    expect(judge(before, after, true, undefined).missed).toEqual(['a:build']);
    expect(judge(before, after, false, undefined).missed).toEqual([]);
  });

  it('calls a new task missed that is not selected', () => {
    const after = state({ ...before.measurement.tasks, 'c:build': task('1') }, { ...before.truth, 'c:build': 'x' });
    expect(judge(before, after, true, undefined).missed).toEqual(['c:build']);
  });

  it('counts what was needless and what was selected in vain', () => {
    const tasks = { 'a:build': task('2'), 'b:build': task('1') };
    const verdict = judge(before, state(tasks, before.truth, ['a:build', 'b:build']), true, undefined);
    expect(verdict).toMatchObject({ needless: ['a:build'], inVain: 1, missed: [], stale: [] });
  });

  it('keeps apart what only the configuration of another project moved', () => {
    const held = (hash: string) => task(hash, { 'tools:ProjectConfiguration': hash });
    const from = state({ 'a:build': held('1') }, { 'a:build': 'x' });
    const to = (truth: string) => state({ 'a:build': held('2') }, { 'a:build': truth });
    expect(judge(from, to('x'), true, undefined)).toMatchObject({ missed: [], unselected: ['a:build'] });
    expect(judge(from, to('y'), true, undefined)).toMatchObject({ missed: ['a:build'], unselected: [] });
  });

  it('keeps apart the repair of a test file for which go refused the build', () => {
    const broken = { files: '1', 'go:error/example.org/a': '1', 'workspace:[{workspaceRoot}/a/*_test.go]': '1' };
    const from = state({ 'a:build': task('2', broken) }, { 'a:build': FAILS });
    const to = state({ 'a:build': task('1', { files: '1' }) }, { 'a:build': 'x' });
    const touching = (file: string) => ({ ...to, measurement: { ...to.measurement, changed: [file] } });
    expect(judge(from, touching('a/a_test.go'), true, undefined)).toMatchObject({
      missed: [],
      unselected: ['a:build'],
    });
    expect(judge(from, touching('a/a.go'), true, undefined)).toMatchObject({ missed: ['a:build'], unselected: [] });
    expect(judge(to, from, true, undefined).missed).toEqual(['a:build']);
    // Also where go refuses it for something else all the time.
    const still = { ...touching('a/a_test.go'), truth: from.truth };
    expect(judge(from, still, true, undefined)).toMatchObject({ missed: [], unselected: ['a:build'] });
  });

  it('leaves out pairs where go can build neither, and tasks without a truth', () => {
    const from = state({ 'a:build': task('1'), 'b:test': task('1') }, { 'a:build': FAILS });
    const to = state({ 'a:build': task('2'), 'b:test': task('2') }, { 'a:build': FAILS }, ['a:build', 'b:test']);
    expect(judge(from, to, true, undefined)).toMatchObject({ pairs: 0, needless: [], missed: [] });
  });

  it('compares with a machine that has no earlier data', () => {
    const afresh = state({ 'a:build': task('1'), 'b:build': task('2') }, {}).measurement;
    expect(judge(before, before, true, afresh).unequal).toEqual(['b:build']);
  });
});
