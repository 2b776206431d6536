import { goMod, goTest, mainPrinting, type Layout } from '../../testing/layouts/layout.js';

const crlf = (text: string): string => text.replaceAll('\n', '\r\n');
const json = (value: object): string => JSON.stringify(value);
const replace = (module: string, dir: string): string => `\nreplace ${module} => ${dir}\n`;

/**
 * What users of such tools have reported elsewhere, each in a corner of its own. `outside` uses code outside the
 * workspace, `uses` that of a submodule of git; both are still to be made.
 */
export const REPORTED: Layout = {
  name: 'reported',
  mains: [],
  tests: [],
  files: {
    '.gitignore': 'node_modules\n/dist\n.nx\n.env\n',
    // The module that holds tools is required by no package.
    'go.mod': goMod(
      'example.com/all',
      '1.24.0',
      ['example.org/idle v1.0.0', 'example.org/money v1.0.0'],
      '\ntool example.org/idle\n',
    ),
    'cmd/pay/main.go': mainPrinting(['example.org/money'], 'money.Version()'),
    // Tests of a module, in a module of their own.
    'core/go.mod': goMod('example.com/core', '1.24.0'),
    'core/core.go': 'package core\n\nfunc Name() string { return "core" }\n',
    'core/integration/go.mod': goMod(
      'example.com/integration',
      '1.24.0',
      ['example.com/core v0.0.0'],
      replace('example.com/core', '../'),
    ),
    'core/integration/core_test.go': goTest('integration', ['example.com/core'], 'core.Name() == "core"'),
    // Checked out with the line ends of Windows.
    'windows/go.mod': crlf(
      goMod('example.com/windows', '1.24.0', ['example.com/core v0.0.0'], replace('example.com/core', '../core')),
    ),
    'windows/main.go': crlf(
      '//go:build linux || darwin\n\npackage main\n\nimport (\n\t_ "embed"\n\t"os"\n\n\t"example.com/core"\n)\n\n' +
        '//go:embed page.txt\nvar page string\n\nfunc main() { os.Stdout.WriteString(core.Name() + " " + page) }\n',
    ),
    'windows/page.txt': crlf('page\n'),
    'windows/other.go': crlf('//go:build windows\n\npackage main\n\nimport "example.com/nowhere"\n'),
    // The only project with a configuration that a run asks for.
    'web/main.go': mainPrinting([], '"web"'),
    'web/project.json': json({ targets: { build: { configurations: { production: { ldflags: '-s -w' } } } } }),
    // A package of an npm workspace.
    'npm/main.go': mainPrinting([], '"npm"'),
    'npm/package.json': json({ name: '@x/npm', version: '1.0.0', scripts: { build: 'echo of npm', start: 'x' } }),
    // A test that reads a variable, which Nx takes from a file that git ignores.
    'settings/settings.go': 'package settings\n',
    'settings/settings_test.go': goTest('settings', ['os'], 'os.Getenv("SETTING") == "right"'),
    'settings/project.json': json({ targets: { test: { inputs: ['...', { env: 'SETTING' }] } } }),
    'settings/.env': 'SETTING=right\n',
    'outside/go.mod': goMod(
      'example.com/outside',
      '1.24.0',
      ['example.com/far v0.0.0'],
      replace('example.com/far', 'FAR'),
    ),
    'outside/main.go': mainPrinting(['example.com/far'], 'far.Name()'),
    'uses/go.mod': goMod(
      'example.com/uses',
      '1.24.0',
      ['example.com/party v0.0.0'],
      replace('example.com/party', '../third/party'),
    ),
    'uses/main.go': mainPrinting(['example.com/party'], 'party.Name()'),
  },
  prepare: [{ cwd: '.', args: ['mod', 'download', 'all'] }],
};
