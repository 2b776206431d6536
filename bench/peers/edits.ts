import type { Edit } from '../../e2e/edits/edit.js';
import { SETTINGS } from '../../e2e/edits/settings.js';
import { SINGLE_MODULE_FILES } from '../../e2e/edits/single-module-files.js';
import { SINGLE_MODULE_SOURCES } from '../../e2e/edits/single-module-sources.js';
import { goSum } from '../../testing/module-proxy/proxy.js';
import { appendText, bumpNpmPackage, replaceText } from '../../testing/workspace/files.js';

/** A change, without what it should do: that is measured. */
export type PeerEdit = Pick<Edit, 'name' | 'edit' | 'settings' | 'onlyAmd64'>;

/** Rows of the end-to-end tests' edit tables, whose paths are the same where each package is a module. */
const FROM_TABLES = [
  'body of a function in a shared package',
  'comment that shifts lines in a shared package',
  'body of a main',
  'comment in a main',
  'new file in a shared package',
  'file deleted from a shared package',
  'file renamed in a shared package',
  'import added: a package enters the closure',
  'test file of a package',
  'new test file',
  'package that only tests import',
  'file of another platform edited',
  'new file of another platform',
  'file under a build tag that is not set',
  'file made ignored',
  'constraint removed from an ignored file',
  'README at the root',
  'testdata edited',
  'file embedded by a test',
  'embedded file edited',
  'file added to an embedded directory',
  'hidden file in an embedded directory',
  'file that an embedded glob does not match',
  'assembly',
  'header of assembly',
  'C code',
  'header of C code',
  'default.pgo in the directory of a main',
  'GOOS',
  'CGO_ENABLED',
  'GOFLAGS with a tag',
  'GOAMD64',
  'CGO_CFLAGS',
  'GODEBUG',
  'GOPROXY',
  'another toolchain',
];

/** Edits of the manifests of the layout with one module per package. */
const MANIFESTS: readonly PeerEdit[] = [
  {
    name: 'comment in go.mod of a shared package',
    edit: (root) => appendText(root, 'lib/price/go.mod', '\n// a comment\n'),
  },
  {
    name: 'external module bumped that a shared package imports',
    edit: (root) => bump(root, 'lib/price', 'example.org/money'),
  },
  {
    name: 'external module bumped that no package imports',
    edit: (root) => bump(root, 'services/mailer', 'example.org/idle'),
  },
  {
    name: 'go directive of a shared package’s module',
    edit: (root) => replaceText(root, 'lib/price/go.mod', 'go 1.24.0', 'go 1.23.0'),
  },
  { name: 'comment in go.work', edit: (root) => appendText(root, 'go.work', '\n// a comment\n') },
  { name: 'godebug directive of go.work', edit: (root) => appendText(root, 'go.work', '\ngodebug panicnil=1\n') },
  { name: 'lock file of JavaScript', edit: bumpNpmPackage },
  { name: 'source of a JavaScript project', edit: (root) => appendText(root, 'web/page.txt', 'more\n') },
];

/** Takes an external module of one module to v1.1.0, with its sums. */
function bump(root: string, dir: string, path: string): void {
  replaceText(root, `${dir}/go.mod`, `${path} v1.0.0`, `${path} v1.1.0`);
  appendText(root, `${dir}/go.sum`, goSum(path, 'v1.1.0'));
}

/** All edits of the comparison. @throws Error when a row that it takes over is no longer there. */
export function peerEdits(): PeerEdit[] {
  const rows = [...SINGLE_MODULE_SOURCES, ...SINGLE_MODULE_FILES, ...SETTINGS];
  const chosen = FROM_TABLES.map((name) => {
    const row = rows.find((edit) => edit.name === name);
    if (!row) throw new Error(`no edit of the end-to-end tests is called ${JSON.stringify(name)}`);
    return row;
  });
  const files = chosen.filter((edit) => edit.edit);
  const settings = chosen.filter((edit) => !edit.edit);
  return [...files, ...MANIFESTS, ...settings].filter((edit) => process.arch === 'x64' || !edit.onlyAmd64);
}
