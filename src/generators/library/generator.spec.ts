import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';

import { GeneratedWorkspace } from '../../../testing/generators/generated-workspace.js';
import { libraryGenerator } from './generator.js';

jest.setTimeout(60_000);

let workspace: GeneratedWorkspace;

beforeEach(() => {
  workspace = new GeneratedWorkspace({ 'go.mod': 'module example.com/shop\n\ngo 1.22\n' });
});
afterEach(() => workspace.remove());

it('makes libraries that build, test and vet, formatted as gofmt has it', async () => {
  const dirs = ['internal/money', 'order-items', 'orders/v2', '.'];
  for (const path of dirs) await workspace.generate((tree) => libraryGenerator(tree, { path }));
  await workspace.generate((tree) => libraryGenerator(tree, { path: '2fa', name: 'twofactor' }));
  expect(await workspace.unformatted()).toBe('');
  await workspace.mustGo(['vet', './...']);
  const names = await workspace.mustGo(['list', '-f', '{{.Name}} {{len .GoFiles}} {{len .XTestGoFiles}}', './...']);
  expect(names.split('\n').sort()).toEqual(
    ['money 1 1', 'orderitems 1 1', 'orders 1 1', 'shop 1 1', 'twofactor 1 1'].sort(),
  );
  expect((await workspace.mustGo(['test', './...'])).match(/^ok\s/gm)).toHaveLength(5);
});

it('names its files after the package, and imports it by name where the path does not tell it', async () => {
  const written = await workspace.generate((tree) => libraryGenerator(tree, { path: 'order-items' }));
  expect(written).toEqual(['order-items/orderitems.go', 'order-items/orderitems_test.go']);
  expect(workspace.text('order-items/orderitems_test.go')).toContain('\torderitems "example.com/shop/order-items"\n');
  await workspace.generate((tree) => libraryGenerator(tree, { path: 'money/v2' }));
  expect(workspace.text('money/v2/money_test.go')).toContain('\t"example.com/shop/money/v2"\n');
});

it('makes tests that build whatever the package is called', async () => {
  const names = ['testing', 'test', 'tests', 't', 'string', 'init', 'name', 'want', 'got', 'gopher', 'error', 'nil'];
  for (const name of names) await workspace.generate((tree) => libraryGenerator(tree, { path: `internal/${name}` }));
  await workspace.generate((tree) => libraryGenerator(tree, { path: 'helpers', name: 'testing' }));
  expect(workspace.text('internal/testing/testing_test.go')).toContain(
    '\ttestingpkg "example.com/shop/internal/testing"\n',
  );
  expect(await workspace.unformatted()).toBe('');
  await workspace.mustGo(['vet', './...']);
  expect((await workspace.mustGo(['test', './...'])).match(/^ok\s/gm)).toHaveLength(names.length + 1);
});

it('makes a module where the directory belongs to none', async () => {
  const empty = new GeneratedWorkspace();
  const generated = empty.generate((tree) => libraryGenerator(tree, { path: 'libs/money' }));
  await expect(generated).rejects.toThrow('"libs/money" belongs to no Go module. Pass --module=<module path>');
  const options = { path: 'libs/money', module: 'example.com/shop' };
  const written = await empty.generate((tree) => libraryGenerator(tree, options));
  expect(written).toEqual(['go.mod', 'libs/money/money.go', 'libs/money/money_test.go']);
  expect(await empty.mustGo(['test', './...'])).toMatch(/^ok\s+example.com\/shop\/libs\/money/);
  empty.write({ 'go.work': 'go 1.24\n\nuse .\n' });
  await empty.generate((tree) => libraryGenerator(tree, { path: 'tools', module: 'example.com/shop' }));
  empty.remove();
});

it.each([
  [{ path: 'func' }, '"func" cannot be the name of the package in "func": it is a keyword of Go.'],
  [{ path: '2fa' }, 'begins with a digit. Choose another path, or pass --name.'],
  [{ path: 'orders/internal' }, 'says who may import'],
  [{ path: 'cmd/main' }, 'For a program: nx generate nx-gopher:handler.'],
  [{ path: 'money', name: 'Money' }, 'is not made of lower-case letters and digits'],
  [{ path: 'taken' }, '"taken" holds Go code already (x.go)'],
  [{ path: 'money', module: 'example.com/other' }, '"money" belongs to the module example.com/shop'],
])('refuses %j: %s', async (options, error) => {
  workspace.write({ 'taken/x.go': 'package taken\n' });
  await expect(workspace.generate((tree) => libraryGenerator(tree, options))).rejects.toThrow(error);
  expect(await workspace.mustGo(['list', './...'])).toBe('example.com/shop/taken');
});
