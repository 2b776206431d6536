import { goSum } from '../module-proxy/proxy.js';
import { goMod, goTest, mainPrinting, type Layout } from './layout.js';

const MODULES = ['example.org/letters', 'example.org/money'];

/**
 * One module whose external modules lie in vendor/:
 *
 *     cmd/pay    money
 *     cmd/post   letters, through lib/stamp
 *     cmd/sign   another package of the module of letters
 *     cmd/plain  no external module
 */
export const VENDORED: Layout = {
  name: 'vendored',
  mains: ['cmd/pay', 'cmd/post', 'cmd/sign', 'cmd/plain'],
  tests: ['lib/stamp'],
  prepare: [{ cwd: '.', args: ['mod', 'vendor'] }],
  files: {
    'go.mod': goMod(
      'example.org/post-office',
      '1.24.0',
      MODULES.map((path) => `${path} v1.0.0`),
    ),
    'go.sum': MODULES.map((path) => goSum(path, 'v1.0.0')).join(''),
    'cmd/pay/main.go': mainPrinting(['example.org/money'], '"pay " + money.Version()'),
    'cmd/post/main.go': mainPrinting(['example.org/post-office/lib/stamp'], '"post " + stamp.Of()'),
    'cmd/sign/main.go': mainPrinting(['example.org/letters/ornate'], '"sign " + ornate.Version()'),
    'cmd/plain/main.go': mainPrinting([], '"plain"'),
    'lib/stamp/stamp.go':
      'package stamp\n\nimport "example.org/letters"\n\n// Of is a stamp.\nfunc Of() string { return "stamp for " + letters.Version() }\n',
    'lib/stamp/stamp_test.go': goTest('stamp', [], 'Of() != ""'),
  },
};
