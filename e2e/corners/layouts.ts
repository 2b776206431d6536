import { goMod, goTest, mainPrinting, type Layout } from '../../testing/layouts/layout.js';
import { goSum } from '../../testing/module-proxy/proxy.js';

const ODD = 'example.org/odd';
const json = (value: object): string => `${JSON.stringify(value)}\n`;

/**
 * A workspace in a directory with a blank and letters that are not ASCII. Of two modules that use one external module
 * in different versions, the second lies inside the first's tree.
 *
 *     .                    a main in the module's own directory, with an embedded file of an odd name
 *     one/server, two/server   two mains with one base name; the first has CRLF line ends
 *     foo, foo/foo         both would write dist/foo/foo
 *     linked               a symbolic link to the directory shelf/lib; cmd/linked imports it
 *     windows, tagged      mains that have files under their own configurations only
 *     späte dinge          a module in a directory with a blank, and a main
 *     tests, ignored       a directory with only tests, one with only ignored files
 *     empty                a module without packages
 */
export const ODD_PACKAGES: Layout = {
  name: 'ödd päckages',
  mains: ['cmd/linked', 'foo/foo', 'one/server', 'tagged', 'two/server'],
  tests: ['tests'],
  links: { linked: 'shelf/lib' },
  files: {
    'go.mod': goMod(ODD, '1.24.0', ['example.org/money v1.0.0']),
    'go.sum': goSum('example.org/money', 'v1.0.0'),
    'main.go': `package main\n\nimport (\n\t_ "embed"\n\t"os"\n\n\t"example.org/money"\n)\n\n//go:embed "files/a b-ü.txt"\nvar text string\n\nfunc main() { os.Stdout.WriteString("root " + money.Version() + " " + text) }\n`,
    'files/a b-ü.txt': 'embedded\n',
    'one/server/main.go': mainPrinting([`${ODD}/shelf/lib`], '"one " + lib.Name').replaceAll('\n', '\r\n'),
    'two/server/main.go': mainPrinting([], '"two"'),
    'foo/main.go': mainPrinting([], '"foo"'),
    'foo/foo/main.go': mainPrinting([], '"foo foo"'),
    'shelf/lib/lib.go': 'package lib\n\nconst Name = "shelf"\n',
    'cmd/linked/main.go': mainPrinting([`${ODD}/linked`], '"linked " + lib.Name'),
    'windows/main_windows.go': mainPrinting([], '"windows"'),
    'windows/project.json': json({ targets: { build: { configurations: { win: { goos: 'windows' } } } } }),
    'tagged/main.go': `//go:build special\n\n${mainPrinting([], '"tagged"')}`,
    'tagged/project.json': json({ targets: { build: { options: { tags: ['special'] } } } }),
    'späte dinge/go.mod': goMod('example.org/late', '1.24.0', ['example.org/money v1.1.0']),
    'späte dinge/go.sum': goSum('example.org/money', 'v1.1.0'),
    'späte dinge/main.go': mainPrinting(['example.org/money'], '"late " + money.Version()'),
    'tests/only_test.go': goTest('tests', [`${ODD}/shelf/lib`], 'lib.Name != ""'),
    // A main package whose build would be refused for want of sources.
    'mainless/only_test.go': 'package main\n\nimport "testing"\n\nfunc TestNothing(*testing.T) {}\n',
    'ignored/generate.go': '//go:build ignore\n\npackage main\n\nfunc main() {}\n',
    'empty/go.mod': goMod('example.org/empty', '1.24.0'),
  },
};

/** Names that all objects of JavaScript have, and that a directory may have. */
export const INHERITED_NAMES = ['constructor', 'toString', 'valueOf', 'hasOwnProperty'];
/** In the root directory Nx itself fails over a project of such a name. */
const inherited = (name: string): string => `n/${name}`;

const FILES = 'example.org/files';

/**
 * Manifests behind symbolic links, as docker's CLI has them, and directories with names that all objects have.
 *
 *     app                  a main in a go.work that is a link; its go.mod and go.sum are links, too
 *     alone                a main in a module that the go.work leaves out
 *     n/constructor …      mains and tests, each in the directory of the name; names/all imports what lies in __proto__
 */
export const ODD_FILES: Layout = {
  name: 'odd-files',
  mains: ['app', 'alone', 'names/all', ...INHERITED_NAMES.map(inherited)],
  tests: INHERITED_NAMES.map(inherited),
  links: {
    'go.work': 'manifests/workspace',
    'app/go.mod': 'vendor.mod',
    'app/go.sum': '../manifests/app.sum',
  },
  files: {
    'manifests/workspace': 'go 1.24.0\n\nuse ./app\n',
    'manifests/app.sum': goSum('example.org/money', 'v1.0.0'),
    'app/vendor.mod': goMod(`${FILES}/app`, '1.24.0', ['example.org/money v1.0.0']),
    'app/main.go': mainPrinting(['example.org/money'], 'money.Version()'),
    'alone/go.mod': goMod(`${FILES}/alone`, '1.24.0'),
    'alone/main.go': mainPrinting([], '"alone"'),
    'names/go.mod': goMod('constructor', '1.24.0'),
    'names/all/main.go': mainPrinting(['constructor/__proto__'], '"all " + proto.Name'),
    'names/__proto__/proto.go': 'package proto\n\nconst Name = "proto"\n',
    ...Object.fromEntries(
      INHERITED_NAMES.flatMap((name) => [
        [`${inherited(name)}/go.mod`, goMod(`${FILES}/${name}`, '1.24.0')],
        [`${inherited(name)}/main.go`, mainPrinting([], `"${name}"`)],
        [`${inherited(name)}/main_test.go`, goTest('main', [], 'true')],
      ]),
    ),
  },
};
