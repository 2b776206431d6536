import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { logger, readJson, updateJson, writeJson, type Tree } from '@nx/devkit';
import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';

import convertFromNxGo from './generator.js';

const SKIP = { skipFormat: true, skipPackageJson: true };

let tree: Tree;
let said: string;

beforeEach(() => {
  tree = createTreeWithEmptyWorkspace({ formatter: 'none' });
  tree.write('apps/api/go.mod', 'module example.org/api\n\ngo 1.24\n');
  tree.write('apps/api/main.go', 'package main\n\nfunc main() {}\n');
  said = '';
  jest.spyOn(logger, 'info').mockImplementation((text) => void (said += `${String(text)}\n`));
});

afterEach(() => {
  jest.restoreAllMocks();
});

function defaults(targetDefaults: object, more: object = {}): void {
  updateJson(tree, 'nx.json', (json) => ({ ...json, plugins: ['@nx-go/nx-go'], targetDefaults, ...more }));
}

async function converted() {
  await convertFromNxGo(tree, SKIP);
  const { targetDefaults, plugins, namedInputs } = readJson(tree, 'nx.json');
  const { targets } = readJson(tree, 'apps/api/project.json');
  return { targetDefaults, options: plugins[0].options, namedInputs, targets };
}

describe('defaults of the old executors', () => {
  it('are options of the plugin, and keys of the targets, so that all Go tasks stay in one batch', async () => {
    const namedInputs = {
      sharedGlobals: ['{workspaceRoot}/go.work', '{workspaceRoot}/ci.yml'],
      golang: ['{projectRoot}/**/*.go'],
    };
    const targetDefaults = {
      '@nx-go/nx-go:build': {
        cache: true,
        inputs: ['golang', { env: 'STAGE' }],
        dependsOn: ['codegen'],
        options: { flags: ['-tags=pg'] },
        configurations: { arm: { env: { GOARCH: 'arm64' } } },
      },
      '@nx-go/nx-go:test': { options: { race: true, coverProfile: 'c.out' } },
      '@nx-go/nx-go:serve': { options: { cmd: 'gow' } },
    };
    defaults(targetDefaults, { namedInputs });
    const after = await converted();
    expect(after.targetDefaults).toEqual({});
    expect(after.options).toMatchObject({
      build: { tags: ['pg'], configurations: { arm: { goarch: 'arm64' } } },
      test: { race: true, coverProfile: '{projectRoot}/c.out' },
    });
    expect(after.namedInputs).toMatchObject({ sharedGlobals: ['{workspaceRoot}/ci.yml'] });
    expect(after.namedInputs).not.toHaveProperty('golang');
    expect(after.targets.build).toMatchObject({ dependsOn: ['...', 'codegen'], inputs: ['...', { env: 'STAGE' }] });
    expect(after.targets.serve.options.command).toBe('gow run .');
    expect(said).toContain('targetDefaults of @nx-go/nx-go:build went into the plugin’s options and the targets');
  });

  it('lie under what a project says, and over them what nx-gopher has already', async () => {
    defaults({
      '@nx-go/nx-go:build': { dependsOn: ['codegen'], options: { flags: ['-race', '-tags=pg'] } },
    });
    updateJson(tree, 'nx.json', (json) => ({
      ...json,
      plugins: [...json.plugins, { plugin: 'nx-gopher', options: { build: { tags: ['my'] }, vet: false } }],
    }));
    writeJson(tree, 'apps/api/project.json', {
      name: 'api',
      targets: { build: { executor: '@nx-go/nx-go:build', dependsOn: ['...', 'assets'] } },
    });
    const { options, targets } = await converted();
    expect(options).toMatchObject({ build: { race: true, tags: ['my'] }, vet: false });
    expect(targets.build.dependsOn).toEqual(['...', 'codegen', 'assets']);
  });
});

describe('defaults by target name', () => {
  it('stay away from Go where they would replace what is inferred, and what else they say goes into the targets', async () => {
    const build = { cache: true, dependsOn: ['^build'], inputs: ['production', '{workspaceRoot}/x'] };
    defaults({ build, 'te*': { outputs: ['{projectRoot}/out'] } });
    const { targetDefaults, targets } = await converted();
    expect(targetDefaults).toEqual({ build, 'te*': { outputs: ['{projectRoot}/out'] }, 'nx-gopher:go': {} });
    expect(targets.build).toMatchObject({ dependsOn: ['...', '^build'], inputs: ['...', '{workspaceRoot}/x'] });
    expect(said).not.toContain('not for ^build');
    expect(said).toContain('nx.json: targetDefaults of te*: outputs ["{projectRoot}/out"]');
  });

  it('stay in force where they harm nothing', async () => {
    const build = { dependsOn: ['...', 'codegen'], inputs: ['...', '{workspaceRoot}/x'] };
    defaults({ build });
    const { targetDefaults, targets } = await converted();
    expect(targetDefaults).toEqual({ build });
    expect(targets.build).toEqual({ options: { outputPath: 'dist/apps/api' } });
  });

  it('stay away where a default of the executor hid them', async () => {
    defaults({ '@nx-go/nx-go:build': { parallelism: false }, build: { dependsOn: ['^build'] } });
    const { targetDefaults, targets } = await converted();
    expect(targetDefaults).toEqual({ build: { dependsOn: ['^build'] }, 'nx-gopher:go': {} });
    expect(targets.build).toMatchObject({ parallelism: false });
    expect(targets.build).not.toHaveProperty('dependsOn');
  });

  it('do not cache tidy', async () => {
    defaults({ tidy: { cache: true, dependsOn: ['codegen'] } });
    expect((await converted()).targetDefaults).toEqual({
      tidy: { cache: true, dependsOn: ['codegen'] },
      'nx-gopher:tidy': { dependsOn: ['codegen'] },
    });
  });

  it('with filters are named', async () => {
    defaults({ build: [{ cache: true }, { filter: { projects: ['api'] }, dependsOn: ['x'] }] });
    await converted();
    expect(said).toContain('filtered entries of targetDefaults of build are not taken over');
  });
});
