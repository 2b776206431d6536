import { afterEach, beforeEach, expect, it } from '@jest/globals';

import { GeneratedWorkspace } from '../../../testing/generators/generated-workspace.js';
import { goWorkSyncGenerator } from './generator.js';

let workspace: GeneratedWorkspace;
let result: Awaited<ReturnType<typeof goWorkSyncGenerator>>;

const mod = (path: string, go = '1.24') => `module ${path}\n\ngo ${go}\n`;
const sync = () => workspace.generate(async (tree) => void (result = await goWorkSyncGenerator(tree)));

beforeEach(() => {
  workspace = new GeneratedWorkspace({
    'go.work': '// ours\ngo 1.24\n\nuse (\n\t./gone\n\t./web // first\n)\n',
    'web/go.mod': mod('shop/web'),
    'nx.json': '{}',
  });
});
afterEach(() => workspace.remove());

it('adds what is missing, takes away what is gone, keeps comments, and says so', async () => {
  workspace.write({ 'api/go.mod': mod('shop/api'), 'vendor/x/go.mod': mod('x'), 'api/testdata/go.mod': mod('y') });
  expect(await sync()).toEqual(['go.work']);
  expect(workspace.text('go.work')).toBe('// ours\ngo 1.24\n\nuse (\n\t./api\n\t./web // first\n)\n');
  expect(result).toEqual({
    outOfSyncMessage: 'go.work does not follow the modules of the workspace.',
    outOfSyncDetails: ['go.work does not use the module in api.', 'go.work uses gone, which is no module.'],
  });
  expect((await workspace.mustGo(['list', '-m'])).split('\n')).toEqual(['shop/api', 'shop/web']);
  expect(await sync()).toEqual([]);
  expect(result).toEqual({});
});

it('raises the go line, without which go refuses the file', async () => {
  workspace.write({ 'go.work': 'go 1.24\n\nuse ./web\n', 'web/go.mod': mod('shop/web', '1.24.1') });
  await sync();
  expect(workspace.text('go.work')).toBe('go 1.24.1\n\nuse ./web\n');
  expect(await workspace.mustGo(['list', '-m'])).toBe('shop/web');
});

it('leaves a go.work that is in line as it is, whatever its layout', async () => {
  const text = 'go   1.24\nuse (\n ./web/ // first\n  ../elsewhere\n)';
  workspace.write({ 'go.work': text });
  expect(await sync()).toEqual([]);
  expect(workspace.text('go.work')).toBe(text);
});

it('has each go.work follow the modules at and below it', async () => {
  workspace.write({
    'go.work': 'go 1.24\n',
    'tools/go.work': 'go 1.24\n',
    'tools/go.mod': mod('tools'),
    'tools/lint/go.mod': mod('tools/lint'),
  });
  expect(await sync()).toEqual(['go.work', 'tools/go.work']);
  expect(workspace.text('go.work')).toBe('go 1.24\n\nuse ./web\n');
  expect(workspace.text('tools/go.work')).toBe('go 1.24\n\nuse (\n\t.\n\t./lint\n)\n');
});

it('does not add what nx.json excludes', async () => {
  const exclude = (value: unknown) =>
    JSON.stringify({ sync: { generatorOptions: { 'nx-gopher:go-work-sync': { exclude: value } } } });
  workspace.write({ 'go.work': 'go 1.24\n', 'examples/a/go.mod': mod('a'), 'nx.json': exclude(['examples/**']) });
  await sync();
  expect(workspace.text('go.work')).toBe('go 1.24\n\nuse ./web\n');
  workspace.write({ 'nx.json': exclude('examples/**') });
  await expect(sync()).rejects.toThrow(
    '"sync.generatorOptions.nx-gopher:go-work-sync.exclude" must be a list of globs',
  );
});
