import { expect, it } from '@jest/globals';

import { underDelve } from './delve.js';

it('starts a program at once, with its arguments, under a debugger that takes clients', () => {
  const flags = ['--headless', '--listen=127.0.0.1:2345', '--api-version=2', '--accept-multiclient', '--continue'];
  expect(underDelve(['go', 'tool', 'dlv'], 2345, '/x', ['-v', 'a'])).toEqual([
    ...['go', 'tool', 'dlv', 'exec', ...flags, '/x', '--', '-v', 'a'],
  ]);
  expect(underDelve(['dlv'], 2345, '/x', [])).toEqual(['dlv', 'exec', ...flags, '/x']);
});
