import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { goMod, layoutTasks } from '../../testing/layouts/layout.js';
import { VENDORED } from '../../testing/layouts/vendored.js';
import { goSum } from '../../testing/module-proxy/proxy.js';
import { appendText, bumpNpmPackage, remove, replaceText, writeFiles } from '../../testing/workspace/files.js';
import { but, MANIFEST, type Edit } from './edit.js';

const LIB = ['lib/x:test', 'lib/y:test'];
const ALPHA = 'app/cmd/alpha:build';
const BETA = 'app/cmd/beta:build';

/** Why modules that replace others move tasks that import nothing of them. */
const REPLACING = 'the go.mod of a replacing module can lift a version for all, so its project is part of every plan';

/** Edits in the layout replaced-modules. */
export const REPLACED_MODULE_EDITS: readonly Edit[] = [
  {
    name: 'body of a package of the replacing module',
    edit: (root) => replaceText(root, 'lib/x/x.go', '"xyz"', '"XYZ"'),
    moves: [ALPHA, 'lib/x:test'],
    onOlderNx: true,
  },
  {
    name: 'package in the replacing module’s own directory',
    edit: (root) => replaceText(root, 'lib/lib.go', '"lib"', '"library"'),
    moves: [ALPHA],
  },
  {
    name: 'body of a package that no main imports',
    edit: (root) => replaceText(root, 'lib/y/y.go', 'return "y"', 'return "Y"'),
    moves: ['lib/y:test'],
  },
  {
    name: 'go directive of the replacing module, to what a loop meant before 1.22',
    edit: (root) => replaceText(root, 'lib/go.mod', 'go 1.24.0', 'go 1.21.0'),
    moves: [ALPHA, ...LIB],
    selectedInVain: { tasks: [BETA], because: MANIFEST },
    onOlderNx: true,
  },
  {
    name: 'replacing module lifts an external module that app’s go.mod names lower',
    edit: (root) => {
      writeFiles(root, { 'lib/go.mod': goMod('example.org/lib', '1.24.0', ['example.org/money v1.1.0']) });
      writeFiles(root, { 'lib/go.sum': goSum('example.org/money', 'v1.1.0') });
    },
    // Go loads lib’s go.mod for alpha, and refuses; not for beta, which imports nothing of lib.
    moves: [ALPHA],
    selectedInVain: { tasks: [BETA, ...LIB], because: MANIFEST },
  },
  {
    name: 'package of the replacing module deleted while still imported',
    edit: (root) => remove(root, 'lib/x'),
    moves: [ALPHA],
    removes: ['lib/x:test'],
  },
  {
    name: 'replaced by a copy in another directory',
    edit: (root) => replaceText(root, 'app/go.mod', '../lib', '../spare'),
    moves: [ALPHA, BETA],
    needless: { tasks: [BETA], because: REPLACING },
    onOlderNx: true,
  },
  {
    name: 'replaced no longer',
    edit: (root) => replaceText(root, 'app/go.mod', '\nreplace example.org/lib => ../lib\n', ''),
    moves: [ALPHA, BETA],
    needless: { tasks: [BETA], because: REPLACING },
  },
  {
    name: 'go.mod of the replacing module deleted',
    edit: (root) => remove(root, 'lib/go.mod'),
    moves: [ALPHA, BETA],
    needless: { tasks: [BETA], because: REPLACING },
    removes: LIB,
  },
  {
    name: 'replacing module deleted',
    edit: (root) => remove(root, 'lib'),
    moves: [ALPHA, BETA],
    needless: { tasks: [BETA], because: REPLACING },
    removes: LIB,
  },
  {
    name: 'lock file of JavaScript, no Go module next to it',
    edit: bumpNpmPackage,
    moves: [],
    onOlderNx: true,
  },
  {
    name: 'default.pgo of a main deleted',
    edit: (root) => remove(root, 'app/cmd/beta/default.pgo'),
    moves: [BETA],
  },
];

const PAY = 'cmd/pay:build';
const POST = ['cmd/post:build', 'lib/stamp:test'];
const SIGN = 'cmd/sign:build';
const VENDORED_ALL = layoutTasks(VENDORED);

/** Edits in the layout vendored. */
export const VENDORED_EDITS: readonly Edit[] = [
  {
    name: 'vendored package edited',
    edit: (root) => replaceText(root, 'vendor/example.org/money/money.go', 'money v1.0.0', 'money patched'),
    moves: [PAY],
    onOlderNx: true,
  },
  {
    name: 'vendored package of another module edited',
    edit: (root) => replaceText(root, 'vendor/example.org/letters/letters.go', 'letters v1.0.0', 'letters patched'),
    moves: POST,
  },
  {
    name: 'another package of a vendored module edited',
    edit: (root) => replaceText(root, 'vendor/example.org/letters/ornate/ornate.go', 'ornate v1', 'patched v1'),
    moves: [SIGN],
  },
  {
    name: 'file added to a vendored package',
    edit: (root) =>
      writeFiles(root, {
        'vendor/example.org/letters/more.go': 'package letters\n\nfunc init() { println("more") }\n',
      }),
    moves: POST,
    onOlderNx: true,
  },
  {
    name: 'vendored package deleted',
    edit: (root) => remove(root, 'vendor/example.org/money'),
    moves: [PAY],
  },
  {
    name: 'README in a vendored package',
    edit: (root) => writeFiles(root, { 'vendor/example.org/money/README.md': '# money\n' }),
    moves: [],
  },
  {
    name: 'external module bumped and vendored again',
    edit: (root) => {
      replaceText(root, 'go.mod', 'example.org/money v1.0.0', 'example.org/money v1.1.0');
      replaceText(root, 'go.sum', goSum('example.org/money', 'v1.0.0'), goSum('example.org/money', 'v1.1.0'));
      replaceText(root, 'vendor/modules.txt', '# example.org/money v1.0.0', '# example.org/money v1.1.0');
      replaceText(root, 'vendor/example.org/money/money.go', 'money v1.0.0', 'money v1.1.0');
    },
    moves: [PAY],
    selectedInVain: { tasks: but(VENDORED_ALL, [PAY]), because: MANIFEST },
    onOlderNx: true,
  },
  {
    name: 'external module bumped, vendor left as it was',
    edit: (root) => {
      replaceText(root, 'go.mod', 'example.org/money v1.0.0', 'example.org/money v1.1.0');
      replaceText(root, 'go.sum', goSum('example.org/money', 'v1.0.0'), goSum('example.org/money', 'v1.1.0'));
    },
    moves: VENDORED_ALL,
  },
  {
    name: 'vendor deleted: modules come from the module cache',
    edit: (root) => remove(root, 'vendor'),
    moves: [PAY, ...POST, SIGN],
    needless: { tasks: ['lib/stamp:test'], because: 'the same code from another place' },
    selectedInVain: { tasks: ['cmd/plain:build'], because: MANIFEST },
  },
  {
    name: 'GOFLAGS=-mod=mod: vendor is not used',
    settings: { GOFLAGS: '-mod=mod' },
    moves: VENDORED_ALL,
    needless: { tasks: ['cmd/plain:build', 'lib/stamp:test'], because: 'GOFLAGS counts as a whole' },
  },
];

/** Edits in the layout hidden-inputs. */
export const HIDDEN_INPUT_EDITS: readonly Edit[] = [
  {
    name: 'git-ignored Go source',
    edit: (root) => replaceText(root, 'lib/stubs/stubs_gen.go', '"generated"', '"regenerated"'),
    moves: ['cmd/generated:build'],
    unseen: 'git ignores the file',
    onOlderNx: true,
  },
  {
    name: 'git-ignored Go source deleted',
    edit: (root) => remove(root, 'lib/stubs/stubs_gen.go'),
    moves: ['cmd/generated:build'],
    unseen: 'git ignores the file',
  },
  {
    name: 'git-ignored embedded file',
    edit: (root) => appendText(root, 'lib/front/dist/page.txt', 'more\n'),
    moves: ['cmd/front:build'],
    unseen: 'git ignores the file',
    onOlderNx: true,
  },
  {
    name: 'git-ignored embedded file deleted',
    edit: (root) => rmSync(join(root, 'lib/front/dist'), { recursive: true }),
    moves: ['cmd/front:build'],
    unseen: 'git ignores the file',
  },
  {
    name: 'header outside the package',
    edit: (root) => replaceText(root, 'include/answer.h', '42', '43'),
    moves: ['cmd/headers:build'],
    needless: {
      tasks: ['cmd/headers:build'],
      because: 'go itself misses it (go#24355); with an empty GOCACHE the binary is another',
    },
  },
  {
    name: 'target of a symbolic link',
    edit: (root) => replaceText(root, 'shared/linked.go.txt', '"linked"', '"elsewhere"'),
    moves: ['cmd/linked:build'],
  },
  {
    name: 'constraint line in what a source that is a link leads to',
    edit: (root) =>
      replaceText(root, 'shared/linked.go.txt', 'package linked\n', '//go:build never\n\npackage linked\n'),
    moves: ['cmd/linked:build'],
  },
  {
    name: 'symbolic link made a file',
    edit: (root) => {
      rmSync(join(root, 'lib/linked/linked.go'));
      renameSync(join(root, 'shared/linked.go.txt'), join(root, 'lib/linked/linked.go'));
      appendText(root, 'lib/linked/linked.go', '\nfunc init() { println(Name) }\n');
    },
    moves: ['cmd/linked:build'],
  },
];
