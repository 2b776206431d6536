import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { format } from 'prettier';

import { GeneratedWorkspace } from '../../../testing/generators/generated-workspace.js';
import { initGenerator } from './generator.js';
import type { InitGeneratorSchema } from './schema.js';

const NX_JSON = '{\n  // ours\n  "plugins": ["nx-gopher"]\n}\n';

let workspace: GeneratedWorkspace;

const init = (options: InitGeneratorSchema) =>
  workspace.generate((tree) => initGenerator(tree, { skipFormat: true, ...options }));

beforeEach(() => {
  workspace = new GeneratedWorkspace({ 'nx.json': NX_JSON, 'package.json': '{}', 'package-lock.json': '{}' });
});
afterEach(() => workspace.remove());

it('makes nothing unasked where the plugin is registered', async () => {
  expect(await init({})).toEqual([]);
});

describe('a go.work', () => {
  it('uses all modules', async () => {
    workspace.write({ 'a/go.mod': 'module a\n\ngo 1.24\n', 'b/c/go.mod': 'module c\n\ngo 1.24.1\n' });
    expect(await init({ goWork: true })).toEqual(['go.work']);
    expect(workspace.text('go.work')).toBe('go 1.24.1\n\nuse (\n\t./a\n\t./b/c\n)\n');
    expect((await workspace.mustGo(['list', '-m'])).split('\n')).toEqual(['a', 'c']);
  });

  it('needs no modules yet, and stays as it is in a second run', async () => {
    await init({ goWork: true });
    expect(workspace.text('go.work')).toMatch(/^go 1\.\d+\.0\n$/);
    expect(await init({ goWork: true })).toEqual([]);
  });

  it('is kept in line by nx sync on request', async () => {
    expect(await init({ goWorkSync: true })).toEqual(['nx.json']);
    expect(workspace.text('nx.json')).toBe(
      '{\n  // ours\n  "plugins": ["nx-gopher"],\n  "sync": { "globalGenerators": ["nx-gopher:go-work-sync"] }\n}\n',
    );
    expect(await init({ goWorkSync: true })).toEqual([]);
  });
});

describe('a configuration of golangci-lint', () => {
  it('is made, formatted', async () => {
    expect(await init({ golangci: true })).toEqual(['.golangci.yml']);
    const text = workspace.text('.golangci.yml') ?? '';
    expect(await format(text, { parser: 'yaml', singleQuote: true })).toBe(text);
  });

  it('is not made next to another', async () => {
    workspace.write({ '.golangci.toml': '' });
    expect(await init({ golangci: true })).toEqual([]);
  });
});

describe('a workflow', () => {
  const workflow = async () => {
    expect(await init({ ci: 'github' })).toEqual(['.github/workflows/nx-gopher.yml']);
    const text = workspace.text('.github/workflows/nx-gopher.yml') ?? '';
    expect(await format(text, { parser: 'yaml', singleQuote: true })).toBe(text);
    return text;
  };

  it('knows the branch, the package manager and the Go version', async () => {
    workspace.write({
      'api/go.mod': 'module api\n\ngo 1.24\n',
      'nx.json': '{"plugins":["nx-gopher"],"defaultBase":"dev"}',
    });
    const text = await workflow();
    for (const line of ['    branches: [dev]', 'go-version-file: api/go.mod', '- run: npm ci', 'cache: npm']) {
      expect(text).toContain(`${line}\n`);
    }
    expect(text).toContain('- run: npx nx affected -t build test vet\n');
    expect(text).not.toContain('sync:check');
  });

  it('checks go.work where nx sync keeps it', async () => {
    await init({ goWork: true, goWorkSync: true });
    const text = await workflow();
    expect(text).toContain('go-version-file: go.work\n');
    expect(text).toContain('- run: npx nx sync:check\n');
  });

  it.each([
    ['pnpm-lock.yaml', 'pnpm', 'pnpm/action-setup@v4'],
    ['yarn.lock', 'yarn', 'go-version: stable'],
    ['bun.lock', 'bun', 'oven-sh/setup-bun@v2'],
  ])('takes the package manager of %s', async (lockFile, exec, line) => {
    workspace.remove();
    workspace = new GeneratedWorkspace({ 'nx.json': NX_JSON, 'package.json': '{}', [lockFile]: '' });
    const text = await workflow();
    expect(text).toContain(line);
    expect(text).toMatch(new RegExp(`- run: ${exec}.* nx affected -t build test vet\n$`));
    expect(text).not.toContain('npm ci');
  });

  it('stays as it is in a second run', async () => {
    await workflow();
    expect(await init({ ci: 'github' })).toEqual([]);
  });
});

describe('settings of VS Code', () => {
  const json = (path: string) => JSON.parse(workspace.text(path) ?? '') as Record<string, unknown>;

  it('are made, and stay as they are in a second run', async () => {
    workspace.write({ '.golangci.yml': 'version: "2"\n' });
    expect(await init({ editor: 'vscode' })).toEqual(['.vscode/launch.json', '.vscode/settings.json']);
    expect(json('.vscode/launch.json')).toMatchObject({
      version: '0.2.0',
      configurations: [{ mode: 'remote', port: 2345 }],
    });
    expect(json('.vscode/settings.json')).toMatchObject({ 'go.lintTool': 'golangci-lint-v2' });
    expect(await init({ editor: 'vscode' })).toEqual([]);
  });

  it('leave alone what is there, comments too', async () => {
    workspace.write({
      '.vscode/launch.json': '{\n  // ours\n  "version": "0.2.0",\n  "configurations": [{ "name": "mine" }],\n}\n',
      '.vscode/settings.json': '{ "gopls": { "build.directoryFilters": ["-x"] }, "editor.tabSize": 3 }',
    });
    expect(await init({ editor: 'vscode' })).toEqual(['.vscode/launch.json']);
    expect(workspace.text('.vscode/launch.json')).toMatch(/\/\/ ours[^]*"mine"[^]*Attach to nx serve/);
  });

  it('name a file that is no JSON', async () => {
    workspace.write({ '.vscode/launch.json': '{ "version": ' });
    await expect(init({ editor: 'vscode' })).rejects.toThrow('.vscode/launch.json cannot be read, and stays as it is');
    expect(workspace.text('.vscode/launch.json')).toBe('{ "version": ');
  });
});

it('tells agents in a section of AGENTS.md, and leaves the rest alone', async () => {
  workspace.write({ 'AGENTS.md': '# Ours\n\nBe kind.\n' });
  expect(await init({ agents: true })).toEqual(['AGENTS.md']);
  const text = workspace.text('AGENTS.md') ?? '';
  expect(text).toMatch(/^# Ours\n\nBe kind\.\n\n<!-- nx-gopher: begin -->\n\n## Go\n/);
  expect(await init({ agents: true })).toEqual([]);
  workspace.write({ 'AGENTS.md': `${text.replace('## Go', '## Old')}\nLast.\n` });
  await init({ agents: true });
  expect(workspace.text('AGENTS.md')).toBe(`${text}\nLast.\n`);
});
