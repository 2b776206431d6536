import { goSum } from '../module-proxy/proxy.js';
import type { Files } from '../workspace/files.js';
import { goMod, goTest, LOOP, mainPrinting, type Layout } from './layout.js';

const shared = (root: string): Files => ({
  [`${root}/go.mod`]: goMod('example.org/lib', '1.24.0'),
  [`${root}/lib.go`]: 'package lib\n\n// Name is the library\'s.\nconst Name = "lib"\n',
  [`${root}/x/x.go`]: `package x\n\n// X is used by alpha.\nfunc X() string { return "xyz"[loop()-1:] }\n\n${LOOP}`,
  [`${root}/y/y.go`]: 'package y\n\n// Y is used by nobody.\nfunc Y() string { return "y" }\n',
});

/**
 * Two modules without a go.work: app replaces example.org/lib by the directory lib.
 *
 *     app/cmd/alpha  lib's package x and its root package
 *     app/cmd/beta   money, and nothing of lib; has a profile
 *     spare          a copy of lib that nothing uses yet
 */
export const REPLACED_MODULES: Layout = {
  name: 'replaced-modules',
  mains: ['app/cmd/alpha', 'app/cmd/beta'],
  tests: ['lib/x', 'lib/y'],
  files: {
    ...shared('lib'),
    ...shared('spare'),
    'lib/x/x_test.go': goTest('x', [], 'X() != ""'),
    'lib/y/y_test.go': goTest('y', [], 'Y() != ""'),
    'app/go.mod': goMod(
      'example.org/app',
      '1.24.0',
      ['example.org/lib v0.0.0', 'example.org/money v1.0.0'],
      '\nreplace example.org/lib => ../lib\n',
    ),
    'app/go.sum': goSum('example.org/money', 'v1.0.0') + goSum('example.org/money', 'v1.1.0'),
    'app/cmd/alpha/main.go': mainPrinting(['example.org/lib', 'example.org/lib/x'], '"alpha " + lib.Name + x.X()'),
    'app/cmd/beta/main.go': mainPrinting(['example.org/money'], '"beta " + money.Version()'),
    'app/cmd/beta/default.pgo': '',
  },
};
