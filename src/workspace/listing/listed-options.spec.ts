import { expect, it } from '@jest/globals';

import { listedOptions } from './listed-options.js';

it('fills in what go reads, and leaves out what is not set or read by nobody', () => {
  const env = { CC: '$SDK/$NAME', NAME: 'cc', CXX: '$GONE/c++', VERSION: 'v$SDK', STAGE: 'prod', CGO_CFLAGS: '-O\\$x' };
  expect(listedOptions({ goos: 'linux', env }, { SDK: '/sdk' })).toEqual({
    goos: 'linux',
    env: { CC: '/sdk/cc', NAME: 'cc', STAGE: 'prod', CGO_CFLAGS: '-O$x' },
  });
});

it('leaves all else as it is', () => {
  const options = { tags: ['a'], env: { CC: 'cc' } };
  expect(listedOptions(options, {})).toBe(options);
});
