import { describe, expect, it } from '@jest/globals';
import type { TargetConfiguration } from '@nx/devkit';

import type { Diagnosis } from './diagnosis.js';
import { findings } from './findings.js';
import { nameLines } from './settings.js';
import { runtimeInputs, taskState } from './tasks.js';

const INFERRED: TargetConfiguration = {
  cache: true,
  inputs: [{ input: 'goModule', projects: ['api'] }, { runtime: 'go env GOVERSION' }],
  metadata: { gopher: { buildConfigurations: [], cgo: false, packages: [] } } as object,
};
const HEALTHY: Diagnosis = {
  ...{ version: 1, plugin: '', nx: '', commit: '', uncommitted: {}, settings: {}, uses: {}, changed: {} },
  ...{ modules: {}, ignored: {}, outside: [], cache: [], tasks: { 'api:build': { cached: true, reasons: [] } } },
};

describe('taskState', () => {
  it('finds nothing against an inferred target', () => {
    expect(taskState(INFERRED)).toEqual({ cached: true, reasons: [] });
  });

  it.each<[string, TargetConfiguration, string]>([
    ['is not cached', { ...INFERRED, cache: false }, '"cache" is false'],
    ['has other inputs', { ...INFERRED, inputs: ['default'] }, 'other inputs replace'],
  ])('says of a target that it %s', (_, target, reason) => {
    expect(taskState(target).reasons).toEqual([expect.stringContaining(reason)]);
  });

  it('knows the inputs of a package target, which are others', () => {
    const gopher = {
      buildConfigurations: [],
      cgo: false,
      packages: [],
      archive: { name: 'api', archives: [], licenses: [] },
    };
    const inputs = [{ dependentTasksOutputFiles: '**/api', transitive: false }, { externalDependencies: [] }];
    const target: TargetConfiguration = { cache: true, inputs, metadata: { gopher } as object };
    expect(taskState(target)).toEqual({ cached: true, reasons: [] });
    const { reasons } = taskState({ ...target, inputs: ['default', ...(INFERRED.inputs ?? [])] });
    expect(reasons).toEqual([expect.stringContaining('other inputs replace')]);
  });

  it('gives the reasons of the graph, and says when they are overruled', () => {
    const metadata = { gopher: { buildConfigurations: [], cgo: false, packages: [], uncacheable: ['buildvcs'] } };
    const { reasons } = taskState({ ...INFERRED, metadata: metadata as object });
    expect(reasons).toEqual(['buildvcs', expect.stringContaining('overrules')]);
  });
});

describe('runtimeInputs', () => {
  it('counts the tasks of each command', () => {
    expect(runtimeInputs([INFERRED, INFERRED, { inputs: ['default'] }])).toEqual([
      { command: 'go env GOVERSION', tasks: 2 },
    ]);
  });
});

describe('nameLines', () => {
  it.each([
    [
      'go env GOOS GOFLAGS',
      'linux\n',
      [
        ['GOOS', 'linux'],
        ['GOFLAGS', ''],
      ],
    ],
    ['go -C api env GOOS', 'linux', [['GOOS in api', 'linux']]],
    ['gcc --version', 'gcc 13\nFree', [['gcc --version', 'gcc 13']]],
    ['go env GOOS GOARCH', 'go: no such command', [['go env GOOS GOARCH', 'go: no such command']]],
  ])('%j', (command, output, lines) => {
    expect(nameLines(command, output)).toEqual(lines);
  });
});

describe('findings', () => {
  it('has nothing to say of a healthy machine', () => {
    expect(findings(HEALTHY)).toEqual([]);
  });

  it.each<[string, Partial<Diagnosis>, boolean, RegExp]>([
    ['tasks out of the cache', { tasks: { 'a:build': { cached: false, reasons: ['vcs'] } } }, true, /^vcs: a:build$/],
    ['changed settings', { changed: { GOAMD64: 'v3' } }, true, /GOAMD64=v3/],
    ['compilers', { settings: { 'gcc --version': 'gcc 13' }, uses: { 'gcc --version': 3 } }, false, /^3 tasks.*gcc 13/],
    ['files outside', { outside: ['package x includes headers from /opt'] }, true, /\/opt, outside the workspace/],
    ['ignored files', { ignored: { 'gen.go': 'aa' } }, false, /gen\.go/],
    ['tests', { tasks: { 'a:test': { cached: true, reasons: [] } } }, false, /auditReads/],
    ['variables', { cache: ['NX_SKIP_NX_CACHE=true'] }, true, /NX_SKIP_NX_CACHE/],
  ])('tells of %s', (_, diagnosis, loses, text) => {
    expect(findings({ ...HEALTHY, ...diagnosis })).toEqual([{ loses, text: expect.stringMatching(text) }]);
  });
});
