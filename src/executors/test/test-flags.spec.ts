import { describe, expect, it } from '@jest/globals';

import type { ReadyTask } from '../task/task.js';
import type { TestExecutorOptions } from './schema.js';
import { coverProfilePath, testFlags } from './test-flags.js';

describe('testFlags', () => {
  it('says only what it was told', () => {
    expect(testFlags({}, '')).toEqual({
      before: ['-v=false', '-count=1'],
      compiling: [],
      after: [],
      alone: false,
      trimsPaths: false,
      showPass: false,
    });
  });

  it('takes every option', () => {
    const options: TestExecutorOptions = {
      cover: true,
      coverMode: 'atomic',
      coverPkg: ['./...', 'm/x'],
      run: 'A b',
      skip: 'C',
      short: true,
      count: 1,
      timeout: '30s',
      shuffle: true,
      parallel: 2,
      bench: '.',
      args: ['-vet=off', '-own'],
      testArgs: 'x y',
    };
    const { before, after, alone, showPass } = testFlags(options, '');
    expect(before).toEqual([
      '-v=false',
      '-cover=true',
      '-covermode=atomic',
      '-coverpkg=./...,m/x',
      '-run=A b',
      '-skip=C',
      '-short=true',
      '-count=1',
      '-timeout=30s',
      '-shuffle=on',
      '-parallel=2',
      '-bench=.',
    ]);
    expect(after).toEqual(['-vet=off', '-own', '-args', 'x', 'y']);
    expect([alone, showPass]).toEqual([true, true]);
  });

  it('obeys -v in GOFLAGS unless told otherwise', () => {
    expect(testFlags({}, '-v')).toMatchObject({ before: ['-v=true', '-count=1'], showPass: true });
    expect(testFlags({ verbose: false }, '-v')).toMatchObject({ before: ['-v=false', '-count=1'], showPass: false });
  });

  it('keeps a target to itself whose failure would stop the others', () => {
    expect(testFlags({ args: ['-failfast'] }, '').alone).toBe(true);
    expect(testFlags({}, '-failfast').alone).toBe(true);
  });
});

it('coverProfilePath', () => {
  const path = (options: TestExecutorOptions, root = 'a/b'): string | undefined =>
    coverProfilePath({ root, options } as ReadyTask, '/w');
  expect(path({})).toBeUndefined();
  expect(path({ cover: true })).toBe('/w/coverage/a/b/cover.out');
  expect(path({ coverMode: 'count' }, '.')).toBe('/w/coverage/cover.out');
  expect(path({ coverProfile: 'x.out' })).toBe('/w/x.out');
  expect(path({ cover: false, coverProfile: 'x.out' })).toBeUndefined();
});
