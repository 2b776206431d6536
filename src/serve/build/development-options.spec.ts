import { expect, it } from '@jest/globals';

import { developmentOptions } from './development-options.js';

it('takes the options of the build, for this system and to a place of its own, without DWARF', () => {
  const build = { goos: 'linux', goarch: 'arm64', outputPath: 'out/x', tags: ['dev'], trimpath: true };
  expect(developmentOptions(build, 'services/orders', false, undefined)).toEqual({
    tags: ['dev'],
    trimpath: true,
    ldflags: '-s -w',
    outputPath: 'dist/.nx-gopher/.serve/services/orders/orders',
  });
});

it.each([
  [['-X', 'main.version=dev'], '-X main.ignored=1', '-X main.version=dev -s -w'],
  [undefined, '-X main.of=goflags', '-X main.of=goflags -s -w'],
])('keeps the linker flags %j, else those of GOFLAGS', (ldflags, inForce, expected) => {
  const options = developmentOptions({ ...(ldflags ? { ldflags } : {}) }, '.', false, inForce);
  expect(options).toEqual({ ldflags: expected, outputPath: 'dist/.nx-gopher/.serve/main' });
});

it('leaves all in that a debugger needs', () => {
  expect(developmentOptions({ gcflags: '-m' }, 'x', true, undefined)).toEqual({
    gcflags: 'all=-N -l',
    trimpath: false,
    outputPath: 'dist/.nx-gopher/.serve/x/x',
  });
});
