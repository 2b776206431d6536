import { expect, it } from '@jest/globals';

import { parseOptions } from './options.js';
import { sharedConfigurations } from './target-settings.js';

it('finds each build configuration once, that of build first, with what targetDefaults say', () => {
  const options = parseOptions({ build: { configurations: { pi: { goarch: 'arm64' } } }, vet: { tags: ['prod'] } });
  const nxJson = { targetDefaults: { 'nx-gopher:build': { options: { tags: ['prod'] } } } };
  expect(sharedConfigurations(options, nxJson).map(({ options, sourcesInput }) => [sourcesInput, options])).toEqual([
    ['goSources', { tags: ['prod'] }],
    ['goSources-2', { goarch: 'arm64', tags: ['prod'] }],
    ['goSources-3', {}],
  ]);
});

it('is the default one where all targets are switched off', () => {
  const options = parseOptions({ build: false, test: false, vet: false });
  expect(sharedConfigurations(options, {}).map(({ options }) => options)).toEqual([{}]);
});
