import { expect, it } from '@jest/globals';

import { projectFileWith } from '../../../testing/graph/project-file.js';
import { parseOptions } from './options.js';
import { targetsOfKind } from './targets-of-kind.js';

const OPTIONS = parseOptions({ build: { ldflags: '-s' }, test: { targetName: 'unit' }, vet: false });

it('gives the inferred target first, and those of its kind under other names', () => {
  const file = projectFileWith({
    build: { options: { ldflags: '-w' } },
    debug: { executor: 'nx-gopher:build', options: { gcflags: 'all=-N -l' } },
    deploy: { executor: 'nx:run-commands' },
    test: { executor: 'nx-gopher:go', options: { kind: 'test' } },
    'vet-all': { executor: 'nx-gopher:vet' },
    constructor: { executor: 'nx-gopher:go', options: { kind: 'build' } },
  });
  const names = (kind: 'build' | 'test' | 'vet') => targetsOfKind(kind, OPTIONS, file).map((one) => one.targetName);
  expect([names('build'), names('test'), names('vet')]).toEqual([
    ['build', 'debug', 'constructor'],
    ['unit', 'test'],
    [],
  ]);
  expect(targetsOfKind('build', OPTIONS, file)[1]?.options).toEqual({
    ldflags: '-s',
    outputPath: 'dist/{projectRoot}/debug/{binary}',
  });
  expect(targetsOfKind('test', OPTIONS, undefined).map((one) => one.targetName)).toEqual(['unit']);
});

it.each([
  [{ cover: true }, {}, true],
  [{ coverPkg: './...' }, {}, true],
  [{ cover: true, coverProfile: 'coverage/race.out' }, {}, false],
  [{}, { ci: { cover: true } }, true],
  [{ coverProfile: 'coverage/race.out' }, { ci: { cover: true } }, false],
  [{ race: true }, { ci: { cover: false } }, false],
])('refuses a second test that would write the profile of the first: %j, %j', (options, configurations, isRefused) => {
  const file = projectFileWith({ race: { executor: 'nx-gopher:test', options, configurations } });
  const problems = targetsOfKind('test', OPTIONS, file)[1]?.problems ?? [];
  expect(problems).toHaveLength(isRefused ? 1 : 0);
  if (isRefused) expect(problems[0]).toContain('race would write the coverage profile of unit');
});
