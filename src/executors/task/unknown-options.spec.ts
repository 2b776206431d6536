import { expect, it } from '@jest/globals';

import { unknownOptions } from './unknown-options.js';

it('names the option that was meant', () => {
  expect(unknownOptions('build', { goos: 'linux', verbose: true })).toBeUndefined();
  expect(unknownOptions('build', { gooss: 'linux' })).toBe(
    'nx-gopher:build has no option "gooss". Did you mean "goos"?\n',
  );
  expect(unknownOptions('test', { coverprofile: 'x' })).toContain('"coverProfile"');
  expect(unknownOptions('vet', { _: ['x'] })).toBe('nx-gopher:vet takes no arguments: x\n');
});
