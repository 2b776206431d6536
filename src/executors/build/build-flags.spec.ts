import { describe, expect, it } from '@jest/globals';

import type { ReadyTask } from '../task/task.js';
import { buildFlags } from './build-flags.js';
import { outputPath } from './output-path.js';
import { rounds } from './rounds.js';
import type { BuildExecutorOptions } from './schema.js';

describe('buildFlags', () => {
  it('are portable by default', () => {
    expect(buildFlags({}, '/w', undefined)).toEqual(['-trimpath', '-buildvcs=false']);
    expect(buildFlags({}, '/w', '-ldflags=-s')).toEqual(['-trimpath', '-buildvcs=false', '-ldflags=-s -buildid=']);
  });

  it('take every option, and the user’s flags last', () => {
    const options: BuildExecutorOptions = {
      trimpath: false,
      buildvcs: 'auto',
      tags: ['x'],
      ldflags: '-s',
      buildmode: 'pie',
      pgo: 'profiles/api.pgo',
      verbose: true,
      args: '-p 2',
    };
    expect(buildFlags(options, '/w', undefined)).toEqual([
      '-v',
      '-trimpath=false',
      '-buildvcs=auto',
      '-tags=x',
      '-ldflags=-s',
      '-buildmode=pie',
      '-pgo=/w/profiles/api.pgo',
      '-p',
      '2',
    ]);
    expect(buildFlags({ pgo: 'off' }, '/w', undefined)).toContain('-pgo=off');
  });
});

describe('outputPath', () => {
  const path = (root: string, importPath: string, options: BuildExecutorOptions = {}, goos = 'linux'): string =>
    outputPath(
      { root, options, packages: [{ importPath }], buildConfiguration: { goos } } as unknown as ReadyTask,
      '/w',
    );

  it.each([
    [path('services/api', 'm/services/api'), '/w/dist/services/api/api'],
    [path('.', 'example.com/tool/v2'), '/w/dist/tool'],
    [path('a', 'm/a', { outputPath: 'bin/x' }, 'windows'), '/w/bin/x.exe'],
    [path('a', 'm/a', { outputPath: 'bin/x.EXE' }, 'windows'), '/w/bin/x.EXE'],
    [path('a', 'm/a', { outputPath: 'bin/x.dll', buildmode: 'c-shared' }, 'windows'), '/w/bin/x.dll'],
    [path('a', 'm/a', { outputPath: '/abs/x' }), '/abs/x'],
  ])('%s', (actual, expected) => expect(actual).toBe(expected));
});

it('rounds hold no name twice, whatever its case', () => {
  expect(rounds(['a/x', 'b/y', 'c/X', 'd/x', 'e/y'], (path) => path.slice(2))).toEqual([
    ['a/x', 'b/y'],
    ['c/X', 'e/y'],
    ['d/x'],
  ]);
});
