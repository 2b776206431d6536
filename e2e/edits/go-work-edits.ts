import { renameSync } from 'node:fs';
import { join } from 'node:path';

import { GO_WORK } from '../../testing/layouts/go-work.js';
import { layoutTasks } from '../../testing/layouts/layout.js';
import { goSum } from '../../testing/module-proxy/proxy.js';
import { appendText, bumpNpmPackage, remove, replaceText, writeFiles } from '../../testing/workspace/files.js';
import { but, DELETED, MANIFEST, ROOT_OWNS_LOCK_FILE, type Edit } from './edit.js';

/** Those that go.work concerns, by being in force or by leaving their module out. */
const BELOW = layoutTasks(GO_WORK);
/** The tasks of the modules that go.work uses. */
const MEMBERS = but(BELOW, ['outside:build']);
/** Those that use an external module: its version is the build list's, and so may depend on what replaces one. */
const USERS = but(MEMBERS, ['core/log:test']);
const LOG = ['api/cmd/server:build', 'api/cmd/worker:build', 'core/log:test'];
const MONEY = ['api/cmd/server:build', 'tools:build', 'core/store:test'];

/** Why members that come and go move tasks that import nothing of them. */
const EVERY_MEMBER =
  'each member’s go.mod can lift a version, or break the build, for all: its project is part of every plan';
/** Why a go.work concerns a module that it does not use. */
const LEFT_OUT = 'a go.work may take in what it leaves out, so its project is part of that plan too';

const selecting = (selected: readonly string[], moves: readonly string[]) => ({
  moves,
  selectedInVain: { tasks: but(selected, moves), because: MANIFEST },
});

/** Edits in the layout go-work. */
export const GO_WORK_EDITS: readonly Edit[] = [
  {
    name: 'body of a package of another module',
    edit: (root) => replaceText(root, 'core/log/log.go', '"log: "', '"logged: "'),
    moves: LOG,
    onOlderNx: true,
  },
  {
    name: 'body of a main in its module’s own directory',
    edit: (root) => replaceText(root, 'tools/main.go', '"tools "', '"tool "'),
    moves: ['tools:build'],
  },
  {
    name: 'package of another module deleted while still imported',
    edit: (root) => remove(root, 'core/store'),
    moves: ['api/cmd/server:build'],
    removes: ['core/store:test'],
  },
  {
    name: 'nested go.mod takes a package of another module away',
    edit: (root) => writeFiles(root, { 'core/store/go.mod': 'module example.org/store\n\ngo 1.24.0\n' }),
    moves: ['api/cmd/server:build', 'core/store:test'],
    onOlderNx: true,
  },
  {
    name: 'comment in go.work',
    edit: (root) => appendText(root, 'go.work', '\n// a comment\n'),
    ...selecting(BELOW, []),
    onOlderNx: true,
  },
  {
    name: 'go.work uses one module more',
    edit: (root) => replaceText(root, 'go.work', '\t./tools\n', '\t./tools\n\t./outside\n'),
    moves: BELOW,
    needless: { tasks: BELOW, because: EVERY_MEMBER },
    onOlderNx: true,
  },
  {
    name: 'go.work uses a copy of an external module',
    edit: (root) => replaceText(root, 'go.work', '\t./tools\n', '\t./tools\n\t./thirdparty/money\n'),
    moves: MEMBERS,
    needless: { tasks: but(MEMBERS, MONEY), because: EVERY_MEMBER },
    selectedInVain: { tasks: ['outside:build'], because: LEFT_OUT },
  },
  {
    name: 'go.work replaces an external module by a directory',
    edit: (root) => appendText(root, 'go.work', '\nreplace example.org/money => ./thirdparty/money\n'),
    moves: USERS,
    needless: { tasks: but(USERS, MONEY), because: EVERY_MEMBER },
    selectedInVain: { tasks: ['core/log:test', 'outside:build'], because: `${MANIFEST}; ${LEFT_OUT}` },
  },
  {
    name: 'go directive of go.work',
    edit: (root) => replaceText(root, 'go.work', 'go 1.24.0', 'go 1.25.0'),
    ...selecting(BELOW, MEMBERS),
  },
  {
    name: 'godebug directive of go.work',
    edit: (root) => appendText(root, 'go.work', '\ngodebug panicnil=1\n'),
    ...selecting(BELOW, MEMBERS),
  },
  {
    name: 'go.work deleted',
    edit: (root) => remove(root, 'go.work'),
    // The modules stand alone from now on: api finds no core, the others miss nothing.
    moves: BELOW,
    needless: {
      tasks: ['core/log:test', 'core/store:test', 'outside:build', 'tools:build'],
      because: `${EVERY_MEMBER}; ${LEFT_OUT}`,
    },
    selectedInVain: { tasks: ['web:build'], because: DELETED },
  },
  {
    name: 'GOWORK=off',
    settings: { GOWORK: 'off' },
    moves: MEMBERS,
    needless: { tasks: ['core/log:test', 'core/store:test', 'tools:build'], because: EVERY_MEMBER },
  },
  {
    name: 'module deleted while go.work uses it',
    edit: (root) => remove(root, 'tools'),
    moves: but(MEMBERS, ['tools:build']),
    removes: ['tools:build'],
    selectedInVain: { tasks: ['outside:build', 'web:build'], because: DELETED },
  },
  {
    name: 'go directive of a module in the closure, to what a loop meant before 1.22',
    edit: (root) => replaceText(root, 'core/go.mod', 'go 1.24.0', 'go 1.21.0'),
    ...selecting(MEMBERS, [...LOG, 'core/store:test']),
    onOlderNx: true,
  },
  {
    name: 'comment in go.mod of a module in the closure',
    edit: (root) => appendText(root, 'core/go.mod', '\n// a comment\n'),
    ...selecting(MEMBERS, []),
  },
  {
    name: 'go directive of a main’s own module',
    edit: (root) => replaceText(root, 'tools/go.mod', 'go 1.24.0', 'go 1.23.0'),
    ...selecting(MEMBERS, ['tools:build']),
  },
  {
    name: 'one module lifts an external module that others import',
    edit: (root) => {
      replaceText(root, 'tools/go.mod', 'money v1.0.0', 'money v1.1.0');
      appendText(root, 'tools/go.sum', goSum('example.org/money', 'v1.1.0'));
    },
    ...selecting(MEMBERS, MONEY),
    onOlderNx: true,
  },
  {
    name: 'one module replaces an external module for all',
    edit: (root) => appendText(root, 'tools/go.mod', '\nreplace example.org/money => ../thirdparty/money\n'),
    moves: USERS,
    needless: { tasks: but(USERS, MONEY), because: EVERY_MEMBER },
    selectedInVain: { tasks: ['core/log:test'], because: MANIFEST },
  },
  {
    name: 'go.work drops a module',
    edit: (root) => replaceText(root, 'go.work', '\t./core\n', ''),
    moves: MEMBERS,
    needless: { tasks: ['core/log:test', 'core/store:test', 'tools:build'], because: EVERY_MEMBER },
    selectedInVain: { tasks: ['outside:build'], because: LEFT_OUT },
    onOlderNx: true,
  },
  {
    name: 'go directive of a module that is above that of go.work, for which go refuses all',
    edit: (root) => replaceText(root, 'tools/go.mod', 'go 1.24.0', 'go 1.25.0'),
    moves: MEMBERS,
  },
  {
    name: 'module that go.work does not use',
    edit: (root) => replaceText(root, 'outside/main.go', '"outside"', '"far outside"'),
    moves: ['outside:build'],
  },
  {
    name: 'module that nothing uses',
    edit: (root) => replaceText(root, 'thirdparty/money/money.go', 'money copy', 'copied money'),
    moves: [],
  },
  {
    name: 'module moved to another directory',
    edit: (root) => {
      renameSync(join(root, 'core'), join(root, 'kernel'));
      replaceText(root, 'go.work', './core', './kernel');
    },
    moves: ['api/cmd/server:build', 'api/cmd/worker:build', 'tools:build', 'kernel/log:test', 'kernel/store:test'],
    adds: ['kernel/log:test', 'kernel/store:test'],
    removes: ['core/log:test', 'core/store:test'],
    needless: {
      tasks: ['api/cmd/server:build', 'api/cmd/worker:build', 'tools:build'],
      because: `a file’s path is part of its hash, and -trimpath takes the path out of the binary; ${EVERY_MEMBER}`,
    },
    selectedInVain: { tasks: ['outside:build', 'web:build'], because: DELETED },
  },
  {
    name: 'lock file of JavaScript, next to go.work',
    edit: bumpNpmPackage,
    moves: [],
    selectedInVain: { tasks: BELOW, because: ROOT_OWNS_LOCK_FILE },
  },
  {
    name: 'JavaScript project that a main depends on implicitly',
    edit: (root) => appendText(root, 'web/page.txt', 'more\n'),
    moves: ['web:build', 'api/cmd/worker:build'],
    needless: { tasks: ['api/cmd/worker:build'], because: 'the dependency is declared, nobody can know what it means' },
    onOlderNx: true,
  },
];
