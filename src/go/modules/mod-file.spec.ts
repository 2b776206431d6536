import { expect, it } from '@jest/globals';

import { modulePath, parseModFile, useDirectories } from './mod-file.js';

it('reads lines and blocks, without comments', () => {
  const text = [
    'module "example.com/a" // the module',
    'go 1.24.2',
    'require (',
    '\texample.com/b v1.0.0 // indirect',
    '',
    ')',
    '// replace example.com/x => ../x',
    'replace example.com/b => ../b',
  ].join('\n');
  expect(parseModFile(text)).toEqual([
    { verb: 'module', args: ['example.com/a'], line: 1 },
    { verb: 'go', args: ['1.24.2'], line: 2 },
    { verb: 'require', args: ['example.com/b', 'v1.0.0'], line: 4 },
    { verb: 'replace', args: ['example.com/b', '=>', '../b'], line: 8 },
  ]);
  expect(modulePath(text)).toBe('example.com/a');
});

it('reads the use lines of a go.work in both forms and with CRLF', () => {
  expect(useDirectories('go 1.24\r\nuse ./a\r\nuse (\r\n\t.\r\n\t`./with blank`\r\n)\r\n')).toEqual([
    './a',
    '.',
    './with blank',
  ]);
});
