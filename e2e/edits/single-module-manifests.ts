import { layoutTasks } from '../../testing/layouts/layout.js';
import { SINGLE_MODULE } from '../../testing/layouts/single-module.js';
import { goSum } from '../../testing/module-proxy/proxy.js';
import { appendText, bumpNpmPackage, replaceText, writeFiles } from '../../testing/workspace/files.js';
import { but, MANIFEST, ROOT_OWNS_LOCK_FILE, type Edit } from './edit.js';

const ALL = layoutTasks(SINGLE_MODULE);
const PRICE = ['services/orders:build', 'services/billing:build', 'lib/price:test', 'services/orders:test'];

const manifest = (moves: readonly string[]) => ({
  moves,
  selectedInVain: { tasks: but(ALL, moves), because: MANIFEST },
});

/** Takes an external module of the layout single-module to v1.1.0, with its sums. */
function bump(root: string, path: string): void {
  replaceText(root, 'go.mod', `${path} v1.0.0`, `${path} v1.1.0`);
  replaceText(root, 'go.sum', goSum(path, 'v1.0.0'), goSum(path, 'v1.0.0') + goSum(path, 'v1.1.0'));
}

/** A source with an import without a package, next to a go.mod for which go then lists nothing at once. */
function importNowhere(root: string, file: string, packageName: string): void {
  replaceText(root, 'go.mod', 'go 1.24.0\n', 'go 1.24.0\n\ntoolchain go1.23.1\n');
  writeFiles(root, { [file]: `package ${packageName}\n\nimport _ "example.org/shop/lib/nowhere"\n` });
}

/** Edits of go.mod, go.sum and of what is not Go in the layout single-module. */
export const SINGLE_MODULE_MANIFESTS: readonly Edit[] = [
  {
    name: 'comment in go.mod',
    edit: (root) => appendText(root, 'go.mod', '\n// a comment\n'),
    ...manifest([]),
    onOlderNx: true,
  },
  {
    name: 'external module that some mains use bumped',
    edit: (root) => bump(root, 'example.org/money'),
    ...manifest(PRICE),
    onOlderNx: true,
  },
  {
    name: 'external module that one main uses bumped',
    edit: (root) => bump(root, 'example.org/letters'),
    ...manifest(['services/mailer:build']),
  },
  {
    name: 'external module that no package imports bumped',
    edit: (root) => bump(root, 'example.org/idle'),
    ...manifest([]),
    onOlderNx: true,
  },
  {
    name: 'sum of a used module taken out of go.sum',
    edit: (root) => replaceText(root, 'go.sum', goSum('example.org/money', 'v1.0.0'), ''),
    ...manifest(PRICE),
  },
  {
    name: 'line of an unused version added to go.sum',
    edit: (root) => appendText(root, 'go.sum', goSum('example.org/money', 'v1.1.0', 'go.mod')),
    ...manifest([]),
  },
  {
    name: 'used module required no longer',
    edit: (root) => replaceText(root, 'go.mod', '\texample.org/letters v1.0.0\n', ''),
    ...manifest(['services/mailer:build']),
  },
  {
    name: 'go directive to another patch',
    edit: (root) => replaceText(root, 'go.mod', 'go 1.24.0', 'go 1.24.1'),
    ...manifest(ALL),
    needless: {
      tasks: ['tools/native:build', 'lib/native:test'],
      because: 'the patch enters only the build id, which targets with cgo leave out',
    },
  },
  {
    name: 'go directive to another version',
    edit: (root) => replaceText(root, 'go.mod', 'go 1.24.0', 'go 1.25.0'),
    ...manifest(ALL),
    onOlderNx: true,
  },
  {
    name: 'toolchain directive, below the toolchain in use',
    edit: (root) => replaceText(root, 'go.mod', 'go 1.24.0\n', 'go 1.24.0\n\ntoolchain go1.24.2\n'),
    ...manifest([]),
  },
  {
    name: 'import without a package, next to a toolchain directive below the go directive: go lists nothing at once',
    edit: (root) => importNowhere(root, 'services/billing/zone.go', 'main'),
    ...manifest(['services/billing:build']),
  },
  {
    name: 'the same in a package that only tests import: the tested package builds',
    edit: (root) => importNowhere(root, 'lib/testkit/zone.go', 'testkit'),
    ...manifest(['lib/ledger:test']),
  },
  {
    name: 'godebug directive',
    edit: (root) => appendText(root, 'go.mod', '\ngodebug panicnil=1\n'),
    ...manifest(ALL),
  },
  {
    name: 'exclude, retract, tool and ignore directives',
    edit: (root) =>
      appendText(
        root,
        'go.mod',
        '\nexclude example.org/money v1.0.5\n\nretract v0.1.0\n\ntool example.org/shop/tools/sums\n\nignore ./web\n',
      ),
    ...manifest([]),
  },
  {
    name: 'module path renamed, imports left as they were',
    edit: (root) => replaceText(root, 'go.mod', 'module example.org/shop', 'module example.org/store'),
    ...manifest(ALL),
  },
  {
    name: 'lock file of JavaScript',
    edit: bumpNpmPackage,
    moves: [],
    selectedInVain: { tasks: ALL, because: ROOT_OWNS_LOCK_FILE },
    onOlderNx: true,
  },
  {
    name: 'source of a JavaScript project',
    edit: (root) => appendText(root, 'web/page.txt', 'more\n'),
    moves: ['web:build'],
    onOlderNx: true,
  },
];
