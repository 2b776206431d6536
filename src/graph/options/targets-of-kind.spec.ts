import { expect, it } from '@jest/globals';

import { projectFileWith } from '../../../testing/graph/project-file.js';
import { parseOptions } from './options.js';
import { targetsOfKind } from './targets-of-kind.js';

const OPTIONS = parseOptions({ build: { ldflags: '-s' }, test: { targetName: 'unit' }, vet: false });

const OWN = 'coverage/{projectRoot}/test-race/cover.out';

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

it.each<[object, object, string | undefined, string | undefined]>([
  [{ cover: true }, {}, OWN, undefined],
  [{ coverPkg: './...' }, {}, OWN, undefined],
  [{ cover: true, coverProfile: 'x.out' }, {}, undefined, undefined],
  [{}, { ci: { cover: true } }, undefined, OWN],
  [{ coverProfile: 'x.out' }, { ci: { cover: true } }, undefined, undefined],
  [{ race: true }, { ci: { cover: false } }, undefined, undefined],
])('gives a second test a profile of its own where it writes one: %j, %j', (options, configurations, own, named) => {
  const file = projectFileWith({ 'test:race': { executor: 'nx-gopher:test', options, configurations } });
  const [, race] = targetsOfKind('test', OPTIONS, file);
  expect([race?.options['coverProfile'], race?.configurations.get('ci')?.['coverProfile']]).toEqual([own, named]);
});
