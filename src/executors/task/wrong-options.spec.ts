import { expect, it } from '@jest/globals';

import { wrongOptions } from './wrong-options.js';

it('names the option that was meant', () => {
  expect(wrongOptions('build', { goos: 'linux', verbose: true })).toBeUndefined();
  expect(wrongOptions('build', { gooss: 'linux' })).toBe(
    'nx-gopher:build has no option "gooss". Did you mean "goos"?\n',
  );
  expect(wrongOptions('test', { coverprofile: 'x' })).toContain('"coverProfile"');
  // Nx hands its own flag on to executors that have no such option.
  expect(wrongOptions('vuln', { verbose: true })).toBeUndefined();
  expect(wrongOptions('vet', { _: ['x'] })).toBe('nx-gopher:vet takes no arguments: x\n');
});

it('names the value that was meant', () => {
  expect(wrongOptions('tidy', { check: 'no' })).toBe(
    'nx-gopher:tidy: check is "no", but takes a boolean. Write false.\n',
  );
});
