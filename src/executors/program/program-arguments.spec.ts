import { expect, it } from '@jest/globals';

import { programArguments } from './program-arguments.js';

const NAMES = ['args', 'buildTarget', 'verbose', 'readyWhen'];

it.each<[string[] | string | undefined, string[], string[]]>([
  [undefined, [], []],
  [['a b', 'c'], [], ['a b', 'c']],
  ['-v "a b"', [], ['-v', 'a b']],
  [['first'], ['--port', '3000', 'file'], ['first', '--port', '3000', 'file']],
  [undefined, ['--verbose', '--port=3000'], ['--port=3000']],
  [undefined, ['--build-target', 'small', 'x'], ['x']],
  [undefined, ['--buildTarget=small', '--no-verbose', '-x'], ['-x']],
  [undefined, ['--readyWhen.port=1', '--verbose', '--x'], ['--x']],
  [['--verbose'], ['--args=--verbose'], ['--verbose']],
])('of the option %j and the words %j: %j', (args, words, expected) => {
  expect(programArguments(args, words, NAMES)).toEqual(expected);
});
