import { chmodSync, renameSync, utimesSync } from 'node:fs';
import { join } from 'node:path';

import { appendText, remove, replaceText, writeFiles } from '../../testing/workspace/files.js';
import { EARLY_CUTOFF, EXCLUDED_BY_LINE, type Edit } from './edit.js';

const PRICE = ['services/orders:build', 'services/billing:build', 'lib/price:test', 'services/orders:test'];
const CLOCK = ['services/orders:build', 'lib/clock:test', 'lib/ledger:test', 'services/orders:test'];
const ORDERS = ['services/orders:build', 'services/orders:test'];

/** Edits of Go sources in the layout single-module. */
export const SINGLE_MODULE_SOURCES: readonly Edit[] = [
  {
    name: 'body of a function in a shared package',
    edit: (root) => replaceText(root, 'lib/price/round.go', '"many"', '"a lot"'),
    moves: PRICE,
    onOlderNx: true,
  },
  {
    name: 'comment in a shared package, lines unmoved',
    edit: (root) => replaceText(root, 'lib/price/price.go', 'gives the price', 'tells the price'),
    moves: PRICE,
    needless: { tasks: PRICE, because: EARLY_CUTOFF },
  },
  {
    name: 'comment that shifts lines in a shared package',
    edit: (root) => replaceText(root, 'lib/price/round.go', 'package price\n', 'package price\n\n// rounding\n'),
    moves: PRICE,
  },
  {
    name: 'comment in a main',
    edit: (root) => replaceText(root, 'services/orders/main.go', 'prints a report', 'writes a report'),
    moves: ORDERS,
  },
  {
    name: 'body of a main',
    edit: (root) => replaceText(root, 'services/billing/main.go', '"billing "', '"bills "'),
    moves: ['services/billing:build'],
  },
  {
    name: 'new file in a shared package',
    edit: (root) => writeFiles(root, { 'lib/price/added.go': 'package price\n\nfunc init() { println("added") }\n' }),
    moves: PRICE,
    onOlderNx: true,
  },
  {
    name: 'new file without content in a shared package',
    edit: (root) => writeFiles(root, { 'lib/price/added_linux.go': 'package price\n' }),
    moves: PRICE,
    needless: { tasks: PRICE, because: EARLY_CUTOFF },
  },
  {
    name: 'file deleted from a shared package',
    edit: (root) => remove(root, 'lib/price/unneeded.go'),
    moves: PRICE,
    onOlderNx: true,
  },
  {
    name: 'file that others need deleted',
    edit: (root) => remove(root, 'lib/price/round.go'),
    moves: PRICE,
  },
  {
    name: 'file renamed in a shared package',
    edit: (root) => renameSync(join(root, 'lib/price/round.go'), join(root, 'lib/price/rounding.go')),
    moves: PRICE,
  },
  {
    name: 'file made a test file by its name',
    edit: (root) => renameSync(join(root, 'lib/price/unneeded.go'), join(root, 'lib/price/unneeded_test.go')),
    moves: PRICE,
  },
  {
    name: 'syntax error in a body',
    edit: (root) => replaceText(root, 'lib/price/round.go', 'if n > 2 {', 'if n > > 2 {'),
    moves: PRICE,
  },
  {
    name: 'syntax error in the import block',
    edit: (root) => replaceText(root, 'lib/price/price.go', 'import "example.org/money"', 'import "example.org/money'),
    moves: PRICE,
  },
  {
    name: 'merge conflict at the head of a test file, for which go refuses to build the package',
    edit: (root) => replaceText(root, 'lib/price/price_test.go', 'package price\n', '<<<<<<< HEAD\npackage price\n'),
    moves: PRICE,
  },
  {
    name: 'test file of another package name, for which go refuses to build the package',
    edit: (root) => replaceText(root, 'lib/price/price_test.go', 'package price\n', 'package cost\n'),
    moves: PRICE,
  },
  {
    name: 'import added: a package enters the closure',
    edit: (root) =>
      writeFiles(root, { 'services/billing/zone.go': 'package main\n\nimport _ "example.org/shop/lib/clock"\n' }),
    moves: ['services/billing:build'],
  },
  {
    name: 'import that resolves to no package',
    edit: (root) =>
      writeFiles(root, { 'services/billing/zone.go': 'package main\n\nimport _ "example.org/shop/lib/nowhere"\n' }),
    moves: ['services/billing:build'],
  },
  {
    name: 'test file of a package',
    edit: (root) => replaceText(root, 'lib/price/price_test.go', 'does not hold', 'is not so'),
    moves: ['lib/price:test'],
    onOlderNx: true,
  },
  {
    name: 'new test file',
    edit: (root) => writeFiles(root, { 'lib/price/new_test.go': 'package price\n\nfunc init() { println("new") }\n' }),
    moves: ['lib/price:test'],
  },
  {
    name: 'first test of a package',
    edit: (root) =>
      writeFiles(root, {
        'lib/config/config_test.go': 'package config\n\nimport "testing"\n\nfunc TestIt(*testing.T) {}\n',
      }),
    moves: ['lib/config:test'],
    adds: ['lib/config:test'],
  },
  {
    name: 'last test of a package deleted',
    edit: (root) => remove(root, 'lib/clock/clock_test.go'),
    moves: [],
    removes: ['lib/clock:test'],
  },
  {
    name: 'external test package',
    edit: (root) => replaceText(root, 'lib/ledger/ledger_test.go', 'does not hold', 'is not so'),
    moves: ['lib/ledger:test'],
  },
  {
    name: 'package that only tests import',
    edit: (root) => replaceText(root, 'lib/testkit/testkit.go', 'panic(err)', 'panic(err.Error())'),
    moves: ['lib/ledger:test'],
    onOlderNx: true,
  },
  {
    name: 'new main package',
    edit: (root) => writeFiles(root, { 'tools/extra/main.go': 'package main\n\nfunc main() {}\n' }),
    moves: ['tools/extra:build'],
    adds: ['tools/extra:build'],
  },
  {
    name: 'main package deleted',
    edit: (root) => remove(root, 'tools/sums'),
    moves: [],
    removes: ['tools/sums:build'],
  },
  {
    name: 'package deleted while still imported',
    edit: (root) => remove(root, 'lib/ledger'),
    moves: ['services/billing:build'],
    removes: ['lib/ledger:test'],
    onOlderNx: true,
  },
  {
    name: 'package moved, with the imports of it',
    edit: (root) => {
      renameSync(join(root, 'lib/clock'), join(root, 'lib/watch'));
      for (const file of ['services/orders/main.go', 'lib/testkit/testkit.go']) {
        replaceText(root, file, '"example.org/shop/lib/clock"', 'clock "example.org/shop/lib/watch"');
      }
    },
    moves: ['services/orders:build', 'services/orders:test', 'lib/ledger:test', 'lib/watch:test'],
    adds: ['lib/watch:test'],
    removes: ['lib/clock:test'],
  },
  {
    name: 'nested go.mod takes a package away',
    edit: (root) => writeFiles(root, { 'lib/ledger/go.mod': 'module example.org/ledger\n\ngo 1.24.0\n' }),
    moves: ['services/billing:build', 'lib/ledger:test'],
    onOlderNx: true,
  },
  {
    name: 'mode and time of a file',
    edit: (root) => {
      chmodSync(join(root, 'lib/price/round.go'), 0o600);
      utimesSync(join(root, 'lib/price/round.go'), new Date(), new Date(2001, 1, 1));
    },
    moves: [],
  },
  {
    name: 'file of another platform edited',
    edit: (root) => appendText(root, 'lib/clock/clock_windows.go', '\nfunc init() { println("windows") }\n'),
    moves: [],
    onOlderNx: true,
  },
  {
    name: 'new file of another platform',
    edit: (root) => writeFiles(root, { 'lib/price/round_windows.go': 'package price\n' }),
    moves: [],
  },
  {
    name: 'file whose name only looks like a constraint',
    edit: (root) => replaceText(root, 'lib/clock/windows.go', '"+1"', '"+2"'),
    moves: CLOCK,
  },
  {
    name: 'file under a build tag that is not set',
    edit: (root) => replaceText(root, 'lib/clock/fancy.go', '"fancy"', '"fancier"'),
    moves: CLOCK,
    needless: { tasks: CLOCK, because: EXCLUDED_BY_LINE },
  },
  {
    name: 'body of an ignored file',
    edit: (root) => replaceText(root, 'lib/clock/ignored.go', 'no longer ignored', 'not ignored any more'),
    moves: CLOCK,
    needless: { tasks: CLOCK, because: EXCLUDED_BY_LINE },
  },
  {
    name: 'new ignored file, as a generator next to the package',
    edit: (root) =>
      writeFiles(root, { 'lib/price/generate.go': '//go:build ignore\n\npackage main\n\nfunc main() {}\n' }),
    moves: PRICE,
    needless: { tasks: PRICE, because: EXCLUDED_BY_LINE },
  },
  {
    name: 'ignored file deleted',
    edit: (root) => remove(root, 'lib/clock/ignored.go'),
    moves: CLOCK,
    needless: { tasks: CLOCK, because: EXCLUDED_BY_LINE },
  },
  {
    name: 'new package of another platform only',
    edit: (root) => writeFiles(root, { 'lib/registry/registry_windows.go': 'package registry\n' }),
    moves: [],
  },
  {
    name: 'file made one of another platform by its name',
    edit: (root) => renameSync(join(root, 'lib/price/unneeded.go'), join(root, 'lib/price/unneeded_windows.go')),
    moves: PRICE,
    onOlderNx: true,
  },
  {
    name: 'file made ignored',
    edit: (root) =>
      replaceText(root, 'lib/price/unneeded.go', 'package price\n', '//go:build ignore\n\npackage price\n'),
    moves: PRICE,
  },
  {
    name: 'constraint removed from an ignored file',
    edit: (root) => replaceText(root, 'lib/clock/ignored.go', '//go:build ignore\n\n', ''),
    moves: CLOCK,
    onOlderNx: true,
  },
];
