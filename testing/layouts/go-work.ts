import { goSum } from '../module-proxy/proxy.js';
import { WEB } from './javascript.js';
import { goMod, goTest, LOOP, mainPrinting, type Layout } from './layout.js';

const MONEY = 'example.org/money';
const LETTERS = 'example.org/letters';

/**
 * Modules under a go.work, and two outside it:
 *
 *     api/cmd/server    core/log, core/store (→ money)
 *     api/cmd/worker    core/log, letters; depends implicitly on the JavaScript project web
 *     tools             a main in its module's own directory (→ money)
 *     outside           a main in a module that go.work does not use
 *     thirdparty/money  a copy of money that nothing uses yet
 */
export const GO_WORK: Layout = {
  name: 'go-work',
  mains: ['api/cmd/server', 'api/cmd/worker', 'tools', 'outside'],
  tests: ['core/log', 'core/store'],
  files: {
    ...WEB,
    'go.work': 'go 1.24.0\n\nuse (\n\t./api\n\t./core\n\t./tools\n)\n',

    'api/go.mod': goMod('example.org/api', '1.24.0', [`${LETTERS} v1.0.0`, `${MONEY} v1.0.0`]),
    'api/go.sum': goSum(LETTERS, 'v1.0.0') + goSum(MONEY, 'v1.0.0'),
    'api/cmd/server/main.go': mainPrinting(
      ['example.org/core/log', 'example.org/core/store'],
      'log.Line("server")',
      'store.Currency()',
    ),
    'api/cmd/worker/main.go': mainPrinting(
      ['example.org/core/log', LETTERS],
      'log.Line("worker")',
      'letters.Version()',
    ),
    'api/cmd/worker/project.json': `${JSON.stringify({ implicitDependencies: ['web'] }, null, 2)}\n`,

    'core/go.mod': goMod('example.org/core', '1.24.0', [`${MONEY} v1.0.0`]),
    'core/go.sum': goSum(MONEY, 'v1.0.0'),
    'core/log/log.go': `package log

// Line is one line of the log.
func Line(text string) string { return "log: " + text[loop()-1:] }

${LOOP}`,
    'core/log/log_test.go': goTest('log', [], 'Line("x") != ""'),
    'core/store/store.go':
      'package store\n\nimport "example.org/money"\n\n// Currency is what amounts are kept in.\nfunc Currency() string { return money.Version() }\n',
    'core/store/store_test.go': goTest('store_test', ['example.org/core/store'], 'store.Currency() != ""'),

    'tools/go.mod': goMod('example.org/tools', '1.24.0', [`${MONEY} v1.0.0`]),
    'tools/go.sum': goSum(MONEY, 'v1.0.0'),
    'tools/main.go': mainPrinting([MONEY], '"tools " + money.Version()'),

    'outside/go.mod': goMod('example.org/outside', '1.24.0'),
    'outside/main.go': mainPrinting([], '"outside"'),

    'thirdparty/money/go.mod': goMod(MONEY, '1.24.0'),
    'thirdparty/money/money.go':
      'package money\n\n// Version says that this is the copy.\nfunc Version() string { return "money copy" }\n',
  },
};
