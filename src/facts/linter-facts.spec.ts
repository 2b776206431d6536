import { expect, it } from '@jest/globals';

import { unhashedLinterFlags } from './linter-facts.js';

it.each([
  ...['-n', '--new', '--new-from-rev=HEAD', '--new-from-merge-base', '--fix', '-c', '-c.other.yml', '--config=a.yml'],
  ...['--no-config', '--output.text.path=a', '--build-tags=e2e', '-tags=e2e', '--path-prefix=a', '-f=text', '-merge'],
])('nothing hashes what comes of %s', (flag) => {
  expect(unhashedLinterFlags(['--enable=gosec', flag, 'value'])).toEqual([flag]);
});

it.each(['-checks=all', '-E', '--fast-only', '--timeout=5m', '--concurrency=1', '-go=1.24', '--enable=nofix'])(
  '%s is only a flag',
  (flag) => {
    expect(unhashedLinterFlags([flag])).toEqual([]);
  },
);
