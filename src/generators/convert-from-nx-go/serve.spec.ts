import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { logger, readJson, updateJson, writeJson, type Tree } from '@nx/devkit';
import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';

import convertFromNxGo from './generator.js';

const MAIN = 'package main\n\nfunc main() {}\n';
const SKIP = { skipFormat: true, skipPackageJson: true };

let tree: Tree;
let said: string;

beforeEach(() => {
  tree = createTreeWithEmptyWorkspace({ formatter: 'none' });
  updateJson(tree, 'nx.json', (json) => ({ ...json, plugins: ['@nx-go/nx-go'] }));
  tree.write('apps/api/go.mod', 'module example.org/api\n\ngo 1.24\n');
  tree.write('apps/api/main.go', MAIN);
  tree.write('apps/api/cmd/web/main.go', MAIN);
  said = '';
  jest.spyOn(logger, 'info').mockImplementation((text) => void (said += `${String(text)}\n`));
  jest.spyOn(logger, 'warn').mockImplementation((text) => void (said += `${String(text)}\n`));
});
afterEach(() => {
  jest.restoreAllMocks();
});

async function converted(written: object, name = 'serve'): Promise<unknown> {
  writeJson(tree, 'apps/api/project.json', { name: 'api', targets: { [name]: written } });
  await convertFromNxGo(tree, SKIP);
  return readJson(tree, 'apps/api/project.json').targets?.[name];
}

const serve = (options: object, rest: object = {}) => ({ executor: '@nx-go/nx-go:serve', options, ...rest });

describe('a serve of the program of its project', () => {
  it.each([
    [{}, undefined],
    [{ main: 'main.go' }, undefined],
    [{ main: './' }, undefined],
    [{ main: '{projectRoot}/main.go', cwd: '{projectRoot}' }, undefined],
    [{ cmd: 'go', args: ['--port', '80', '"a b"'] }, { options: { args: ['--port', '80', 'a b'] } }],
    [{ main: './apps/api/main.go', cwd: '.' }, { options: { cwd: '.' } }],
  ])('is the one that nx-gopher infers: %j', async (options, expected) => {
    expect(await converted(serve(options))).toEqual(expected);
    expect(said).toMatch(/api:serve +@nx-go\/nx-go:serve +nx-gopher:serve/);
  });

  it('keeps its other keys, and its configurations', async () => {
    const configurations = { local: { args: ['--local'] }, plain: { args: [] } };
    const written = serve(
      { args: ['--port', '80'] },
      { dependsOn: ['gen'], metadata: { description: 'x' }, configurations },
    );
    expect(await converted(written)).toEqual({
      dependsOn: ['...', 'gen'],
      metadata: { description: 'x' },
      options: { args: ['--port', '80'] },
      configurations: { local: { args: ['--local'] }, plain: { args: [] } },
    });
  });

  it('has the executor under another name', async () => {
    expect(await converted(serve({ args: ['-v'] }), 'dev')).toEqual({
      executor: 'nx-gopher:serve',
      continuous: true,
      options: { args: ['-v'] },
    });
  });
});

describe('a serve of something else runs the command from before', () => {
  it.each([
    [{ main: 'cmd/web' }, 'go run cmd/web'],
    [{ cmd: 'gow' }, 'gow run .'],
    [{ flags: ['-race'] }, 'go run -race .'],
    [{ args: ['--home', '$HOME'] }, 'go run . --home $HOME'],
    [{ args: ['|', 'jq'] }, 'go run . | jq'],
    [{ cwd: 'apps/api/cmd/web' }, 'go run .'],
  ])('%j', async (options, command) => {
    expect(await converted(serve(options))).toMatchObject({ executor: 'nx:run-commands', options: { command } });
  });

  it.each([[{ cache: true }], [{ outputs: ['{projectRoot}/out'] }], [{ continuous: false }]])('%j', async (rest) => {
    expect(await converted(serve({}, rest))).toMatchObject({ executor: 'nx:run-commands', ...rest });
  });

  it('also where one of its configurations does', async () => {
    const configurations = { race: { flags: ['-race'] } };
    expect(await converted(serve({}, { configurations }))).toMatchObject({
      options: { command: 'go run .' },
      configurations: { race: { command: 'go run -race .' } },
    });
  });
});
