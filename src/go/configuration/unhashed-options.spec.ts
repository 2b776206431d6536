import { expect, it } from '@jest/globals';

import { unhashedOptions } from './unhashed-options.js';

it.each([
  [{ buildvcs: true }, /buildvcs/],
  [{ buildvcs: 'auto' }, /buildvcs/],
  [{ vettool: 'mytool' }, /vettool/],
  [{ args: '-v -tags=x' }, / -tags=x in args /],
  [{ args: ['-p=2', '--overlay', 'o.json'] }, / --overlay in args /],
  [{ args: '"-tags=x y"' }, / -tags=x y in args /],
  [{ env: { GOFLAGS: '-overlay=o.json' } }, / -overlay in GOFLAGS /],
])('%j', (options, reason) => {
  expect(unhashedOptions(options)).toEqual([expect.stringMatching(reason)]);
});

it('has nothing against flags that change no result', () => {
  expect(unhashedOptions({ buildvcs: false, args: ['-p=2', '-v', '-x'], ldflags: '-X main.tags=1' })).toEqual([]);
});
