import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';

import { GoWorkspace } from '../../../testing/executors/go-workspace.js';
import { vetTasks } from './vet-tasks.js';

jest.setTimeout(180_000);

const PRINTF = 'import "fmt"\n\nfunc X() { fmt.Printf("%d\\n", "text") }\n';
let workspace: GoWorkspace;

beforeAll(() => {
  workspace = new GoWorkspace({
    'mod/go.mod': 'module example.com/m\n\ngo 1.24\n',
    'mod/good/x.go': 'package good\n',
    'mod/found/x.go': `package found\n\n${PRINTF}`,
    'mod/usesfound/x.go': 'package usesfound\n\nimport _ "example.com/m/found"\n',
    'mod/tests/x_test.go': `package tests_test\n\n${PRINTF}`,
    'mod/broken/x.go': 'package broken\n\nconst X int = "text"\n',
    'mod/uses/x.go': 'package uses\n\nimport _ "example.com/m/broken"\n',
    'mod/usestest/x.go': 'package usestest\n',
    'mod/usestest/x_test.go': 'package usestest\n\nimport _ "example.com/m/broken"\n',
    'mod/usesusestest/x.go': 'package usesusestest\n\nimport _ "example.com/m/usestest"\n',
    'mod/badtest/x_test.go': 'package badtest\n\nvar x = nothing\n',
    'mod/lacks/x.go': 'package lacks\n\nimport _ "example.com/m/gone"\n',
    'mod/lacks2/x_test.go': 'package lacks2\n\nimport _ "example.com/m/gone"\n',
  });
});
afterAll(() => workspace.remove());

const tasks = (...names: string[]) => Object.fromEntries(names.map((name) => [`${name}:vet`, { root: `mod/${name}` }]));

it('maps findings by file, and compile errors to all that import the package', async () => {
  const results = await workspace.run(
    'vet',
    vetTasks,
    tasks('good', 'found', 'usesfound', 'tests', 'uses', 'usestest', 'usesusestest', 'badtest'),
  );
  const text = (name: string): string => results[`${name}:vet`]?.terminalOutput ?? '';
  const passed = Object.keys(results).filter((id) => results[id]?.success);
  expect(passed).toEqual(['good:vet', 'usesfound:vet', 'usesusestest:vet']);
  expect(passed.map((id) => results[id]?.terminalOutput)).toEqual(['', '', '']);
  expect(text('found')).toMatch(/^(# .*\n)*mod\/found\/x.go:5:24: fmt.Printf format %d[^\n]*\n$/);
  expect(text('tests')).toMatch(/^(# .*\n)*mod\/tests\/x_test.go:5:24: fmt.Printf format %d[^\n]*\n$/);
  expect(text('uses')).toMatch(/^# example.com\/m\/broken\nmod\/broken\/x.go:3:15: [^\n]*\n$/);
  expect(text('usestest')).toBe(text('uses'));
  expect(text('badtest')).toContain('vet: mod/badtest/x_test.go:3:9: undefined: nothing');
});

it('a load error fails its own tasks, each with its file, and the others are checked', async () => {
  const results = await workspace.run('vet', vetTasks, tasks('good', 'found', 'lacks', 'lacks2'));
  expect(results['good:vet']).toMatchObject({ success: true });
  expect(results['found:vet']?.terminalOutput).toContain('mod/found/x.go:5:24');
  expect(results['lacks:vet']?.terminalOutput).toMatch(/^mod\/lacks\/x.go:3:8: .*example.com\/m\/gone/);
  expect(results['lacks2:vet']?.terminalOutput).toMatch(/^mod\/lacks2\/x_test.go:3:8: .*example.com\/m\/gone/);
});

it('one task alone prints what go prints', async () => {
  const results = await workspace.run('vet', vetTasks, {
    'found:vet': { root: 'mod/found', options: { args: '-printf=false' } },
  });
  expect(results['found:vet']).toMatchObject({ success: true, terminalOutput: '' });
});

const toolPath = (): Promise<string> => workspace.go('tool', '-n', 'vet').then((path) => path.trim());
it.each([
  ['', async () => ({})],
  [', with flags', async () => ({ args: '-printf -unusedresult' })],
  [', with a tool', async () => ({ vettool: await toolPath() })],
])('finds what is wrong with a package that go has vetted for another one before%s', async (what, optionsOf) => {
  const options = await optionsOf();
  const root = 'mod/found';
  // Go takes nothing from its cache for sources that it has not seen.
  const source = `package found\n\n${PRINTF}\n// ${what} ${Date.now()}\n`;
  workspace.write({ 'mod/found/x.go': source });
  const before = await workspace.run('vet', vetTasks, { 'usesfound:vet': { root: 'mod/usesfound', options } });
  expect(before['usesfound:vet']).toMatchObject({ success: true, terminalOutput: '' });
  for (const goal of ['found', 'kept']) {
    const results = await workspace.run('vet', vetTasks, {
      'found:vet': { root, options },
      'good:vet': { root: 'mod/good', options },
    });
    const said = results['found:vet']?.terminalOutput.match(/x.go:5:24: fmt.Printf format %d/g);
    expect([goal, results['found:vet']?.success, said?.length]).toEqual([goal, false, 1]);
    expect(results['good:vet']).toMatchObject({ success: true });
  }
});
