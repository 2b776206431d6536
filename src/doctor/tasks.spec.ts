import { expect, it } from '@jest/globals';

import { buildConfigurations } from './tasks.js';

it('gives each build configuration of targets once, and nothing that is none', () => {
  const prod = { options: { tags: ['prod'], ldflags: '-s' }, configurations: { arm: { goarch: 'arm64' } } };
  expect(buildConfigurations([prod, { options: { tags: ['prod'], verbose: true } }, {}])).toEqual([
    { tags: ['prod'] },
    { goarch: 'arm64', tags: ['prod'] },
    {},
  ]);
});
