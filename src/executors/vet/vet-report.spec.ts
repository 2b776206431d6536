import { expect, it } from '@jest/globals';

import { parseVetOutput } from './vet-report.js';

it('tells findings, type errors and compile errors apart, with and without headers', () => {
  const output = `go: downloading example.com/x v1.0.0
a/x.go:3:23: fmt.Printf wrong
	more of it
# m/broken
broken/x.go:2:15: cannot use
broken/y.go:2:9: undefined
# m/t
# [m/t]
vet: t/x_test.go:3:27: undefined: zzz
../out/x.go:1:1: finding
# m/cgo
/usr/bin/ld: cannot find -lx
# m/old
# [m/old]
./old/x.go:1:1: finding of an older go
`;
  expect(parseVetOutput(output, '/w')).toEqual([
    { dir: '/w/a', importPath: undefined, compileError: false, text: 'a/x.go:3:23: fmt.Printf wrong\n\tmore of it\n' },
    {
      dir: '/w/broken',
      importPath: 'm/broken',
      compileError: true,
      text: '# m/broken\nbroken/x.go:2:15: cannot use\nbroken/y.go:2:9: undefined\n',
    },
    {
      dir: '/w/t',
      importPath: 'm/t',
      compileError: false,
      text: '# m/t\n# [m/t]\nvet: t/x_test.go:3:27: undefined: zzz\n',
    },
    { dir: '/out', importPath: undefined, compileError: false, text: '../out/x.go:1:1: finding\n' },
    { dir: undefined, importPath: 'm/cgo', compileError: true, text: '# m/cgo\n/usr/bin/ld: cannot find -lx\n' },
    {
      dir: '/w/old',
      importPath: 'm/old',
      compileError: false,
      text: '# m/old\n# [m/old]\n./old/x.go:1:1: finding of an older go\n',
    },
  ]);
});

it('a header holds for the first line, whatever file it names, and for no other package', () => {
  const output = '# m/broken\nelsewhere/parser.y:2: bad\nb/x.go:1:1: finding\n';
  expect(parseVetOutput(output, '/w').map(({ dir, compileError }) => [dir, compileError])).toEqual([
    ['/w/elsewhere', true],
    ['/w/b', false],
  ]);
});
