import { appendText, remove, replaceText, writeFiles } from '../../testing/workspace/files.js';
import { EXCLUDED_BY_LINE, type Edit } from './edit.js';

const CONFIG = ['services/orders:build', 'services/orders:test', 'checks:test'];
const TEMPLATES = ['services/mailer:build', 'lib/templates:test'];
const PRICE = ['services/orders:build', 'services/billing:build', 'lib/price:test', 'services/orders:test'];
const NATIVE = ['tools/native:build', 'lib/native:test'];

/** Go takes an empty profile, and compiles the standard library again for it like for any other. */
const EMPTY_PROFILE = '';

/** Edits of files other than Go sources in the layout single-module: embedded, foreign code, test data, profiles. */
export const SINGLE_MODULE_FILES: readonly Edit[] = [
  {
    name: 'README at the root',
    edit: (root) => appendText(root, 'README.md', 'more\n'),
    moves: [],
    onOlderNx: true,
  },
  {
    name: 'README next to a package',
    edit: (root) => appendText(root, 'lib/ledger/README.md', 'more\n'),
    moves: ['lib/ledger:test'],
  },
  {
    name: 'testdata edited',
    edit: (root) => appendText(root, 'lib/ledger/testdata/entries.txt', 'four\n'),
    moves: ['lib/ledger:test'],
    onOlderNx: true,
  },
  {
    name: 'testdata added in a new directory',
    edit: (root) => writeFiles(root, { 'lib/ledger/testdata/new/entries.txt': 'five\n' }),
    moves: ['lib/ledger:test'],
  },
  {
    name: 'testdata deleted',
    edit: (root) => remove(root, 'lib/ledger/testdata/more'),
    moves: ['lib/ledger:test'],
  },
  {
    name: 'file embedded by a test',
    edit: (root) => appendText(root, 'lib/templates/testdata/golden.txt', 'more\n'),
    moves: ['lib/templates:test'],
  },
  {
    name: 'embedded file edited',
    edit: (root) => replaceText(root, 'lib/config/defaults.json', '20', '21'),
    moves: CONFIG,
    onOlderNx: true,
  },
  {
    name: 'embedded file deleted: the pattern matches nothing',
    edit: (root) => remove(root, 'lib/config/defaults.json'),
    moves: CONFIG,
  },
  {
    name: 'file in an embedded directory edited',
    edit: (root) => appendText(root, 'lib/templates/mail/old/goodbye.txt', 'for good\n'),
    moves: TEMPLATES,
  },
  {
    name: 'file added to an embedded directory',
    edit: (root) => writeFiles(root, { 'lib/templates/mail/new/hello.txt': 'hello\n' }),
    moves: TEMPLATES,
    onOlderNx: true,
  },
  {
    name: 'file removed from an embedded directory',
    edit: (root) => remove(root, 'lib/templates/mail/old'),
    moves: TEMPLATES,
  },
  {
    name: 'hidden file in an embedded directory',
    edit: (root) => appendText(root, 'lib/templates/mail/.draft', 'more\n'),
    moves: [],
  },
  {
    name: 'new file with an underscore in an embedded directory',
    edit: (root) => writeFiles(root, { 'lib/templates/mail/_new.txt': 'x\n' }),
    moves: [],
  },
  {
    name: 'hidden file in a directory embedded with all:',
    edit: (root) => appendText(root, 'lib/templates/raw/.hidden', 'more\n'),
    moves: TEMPLATES,
  },
  {
    name: 'new file that an embedded glob matches',
    edit: (root) => writeFiles(root, { 'lib/templates/pages/about.html': '<h1>about</h1>\n' }),
    moves: TEMPLATES,
  },
  {
    name: 'file that an embedded glob does not match',
    edit: (root) => appendText(root, 'lib/templates/pages/notes.txt', 'more\n'),
    moves: [],
  },
  {
    name: 'embed directive changed to take one directory more',
    edit: (root) => replaceText(root, 'lib/templates/templates.go', 'pages/*.html', 'pages'),
    moves: TEMPLATES,
  },
  {
    name: 'assembly',
    edit: (root) => replaceText(root, 'lib/fastsum/sum_amd64.s', 'ADDQ $EXTRA, AX', 'ADDQ $EXTRA, AX\n\tNOP'),
    moves: ['tools/sums:build'],
    onlyAmd64: true,
  },
  {
    name: 'header of assembly',
    edit: (root) => replaceText(root, 'lib/fastsum/sum.h', 'EXTRA 0', 'EXTRA 1'),
    moves: ['tools/sums:build'],
    onlyAmd64: true,
    onOlderNx: true,
  },
  {
    name: 'Go fallback of assembly',
    edit: (root) => replaceText(root, 'lib/fastsum/sum_generic.go', 'return a + b', 'return b + a'),
    moves: ['tools/sums:build'],
    needless: { tasks: ['tools/sums:build'], because: EXCLUDED_BY_LINE },
    onlyAmd64: true,
  },
  {
    name: 'C code',
    edit: (root) => replaceText(root, 'lib/native/native.c', 'FACTOR * n', 'FACTOR * n + 0 * n + 1'),
    moves: NATIVE,
  },
  {
    name: 'header of C code',
    edit: (root) => replaceText(root, 'lib/native/native.h', 'FACTOR 2', 'FACTOR 3'),
    moves: NATIVE,
    onOlderNx: true,
  },
  {
    name: 'new C file',
    edit: (root) => writeFiles(root, { 'lib/native/more.c': 'int more(int n) { return n + 7; }\n' }),
    moves: NATIVE,
  },
  {
    name: 'the only C file deleted',
    edit: (root) => remove(root, 'lib/native/native.c'),
    moves: NATIVE,
  },
  {
    name: 'the only header deleted',
    edit: (root) => remove(root, 'lib/native/native.h'),
    moves: NATIVE,
    onOlderNx: true,
  },
  {
    name: 'the only assembly file deleted',
    edit: (root) => remove(root, 'lib/fastsum/sum_amd64.s'),
    moves: ['tools/sums:build'],
    onlyAmd64: true,
  },
  {
    name: 'C file in a package without cgo, which go refuses',
    edit: (root) => writeFiles(root, { 'lib/price/stray.c': 'int stray;\n' }),
    moves: PRICE,
  },
  {
    name: 'default.pgo in the directory of a main',
    edit: (root) => writeFiles(root, { 'services/orders/default.pgo': EMPTY_PROFILE }),
    moves: ['services/orders:build', 'services/orders:test'],
  },
  {
    name: 'default.pgo in the directory of a library',
    edit: (root) => writeFiles(root, { 'lib/price/default.pgo': EMPTY_PROFILE }),
    moves: ['lib/price:test'],
  },
];
