import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { goMod, type Layout } from '../../testing/layouts/layout.js';
import { run } from '../../testing/workspace/command.js';
import { environment } from '../../testing/workspace/environment.js';
import type { Files } from '../../testing/workspace/files.js';
import { installation } from '../../testing/workspace/installation.js';
import { taskEnds, tasksThat } from '../../testing/workspace/nx-output.js';
import { NX_23, NX_24 } from '../../testing/workspace/nx-versions.js';
import { Workspace } from '../../testing/workspace/workspace.js';

const MINUTE = 60_000;
const main = (name: string) => `package main\n\nimport "os"\n\nfunc main() { os.Stdout.WriteString("${name}") }\n`;
const test = (name: string) => `package ${name}\n\nimport "testing"\n\nfunc TestIt(*testing.T) {}\n`;
const projectJson = (content: object): string => `${JSON.stringify(content, null, 2)}\n`;

/** Two applications and a library under a go.work, as the generators of both plugins lay them out. */
const SOURCES: Files = {
  'go.work': 'go 1.24.0\n\nuse (\n\t./apps/api\n\t./apps/jobs\n\t./libs/money\n)\n',
  'apps/api/go.mod': goMod('apps/api', '1.24.0'),
  'apps/api/main.go': main('api'),
  'apps/api/main_test.go': test('main'),
  'apps/jobs/go.mod': goMod('apps/jobs', '1.24.0'),
  'apps/jobs/cmd/nightly/main.go': main('nightly'),
  'apps/jobs/queue/queue.go': 'package queue\n',
  'apps/jobs/queue/queue_test.go': test('queue'),
  'libs/money/go.mod': goMod('libs/money', '1.24.0'),
  'libs/money/money.go': 'package money\n',
  'libs/money/money_test.go': test('money'),
};

interface Case {
  readonly plugin: string;
  readonly generator: string;
  readonly nxJson: object;
  readonly files: Files;
  /** Names of the projects before and after. */
  readonly names: { readonly api: string; readonly jobs: string; readonly money: string };
  /** Where the binaries go, before and after. */
  readonly binaries: { readonly api: string; readonly nightly: string };
}

const CASES: readonly Case[] = [
  {
    plugin: '@nx-go/nx-go',
    generator: 'convert-from-nx-go',
    nxJson: { plugins: ['@nx-go/nx-go'] },
    files: {
      'apps/jobs/project.json': projectJson({
        name: 'jobs',
        targets: {
          build: {
            executor: '@nx-go/nx-go:build',
            options: { main: './cmd/nightly', outputPath: '../../dist/nightly', flags: ["-ldflags='-s -w'"] },
          },
        },
      }),
    },
    names: { api: 'api', jobs: 'jobs', money: 'money' },
    binaries: { api: 'dist/apps/api', nightly: 'dist/nightly' },
  },
  {
    plugin: '@naxodev/gonx',
    generator: 'convert-from-gonx',
    nxJson: {
      plugins: [{ plugin: '@naxodev/gonx', options: { buildTargetName: 'build', serveTargetName: 'serve' } }],
      namedInputs: { sharedGlobals: ['{workspaceRoot}/go.work'], goSource: ['{projectRoot}/**/*.go'] },
      targetDefaults: {
        build: { cache: true, inputs: ['default', '^default'], dependsOn: ['^build'] },
        test: { cache: true, inputs: ['default', '{workspaceRoot}/.gitignore'] },
        '@naxodev/gonx:lint': { parallelism: true },
      },
    },
    files: {},
    names: { api: 'apps/api', jobs: 'apps/jobs', money: 'libs/money' },
    binaries: { api: 'dist/apps/api/api', nightly: 'dist/apps/jobs/nightly' },
  },
];

describe.each(CASES)('a workspace of $plugin', ({ plugin, generator, nxJson, files, names, binaries }) => {
  let workspace: Workspace;

  beforeAll(async () => {
    const layout: Layout = { name: generator, mains: [], tests: [], files: { ...SOURCES, ...files } };
    const installed = await installation(NX_23, { [plugin]: '4.1.1' });
    workspace = await Workspace.create(layout, NX_23, { nxJson, installation: installed });
  }, 5 * MINUTE);

  afterAll(() => workspace?.dispose());

  it(
    'is only looked at in a dry run',
    async () => {
      const { output, exitCode } = await workspace.nx(['generate', `nx-gopher:${generator}`, '--dry-run']);
      expect(output).toContain('To look at:');
      expect(exitCode).toBe(0);
      expect((await workspace.git('status', '--porcelain')).stdout).toBe('');
    },
    MINUTE,
  );

  it(
    'builds and tests with nx-gopher once it is converted, under the same names and to the same files',
    async () => {
      const converted = await workspace.nx(['generate', `nx-gopher:${generator}`, '--skipPackageJson']);
      expect(converted.exitCode).toBe(0);
      expect(workspace.text('nx.json')).not.toContain(plugin);
      const { output } = await workspace.nx(['run-many', '-t', 'build', 'test', 'lint']);
      expect(output).toContain('Running 10 tasks with nx-gopher:go');
      const ends = taskEnds(output);
      expect(tasksThat('failed', ends)).toEqual([]);
      const nightly = 'apps/jobs/cmd/nightly:build';
      const expected = [
        `${names.api}:build`,
        nightly,
        `${names.api}:test`,
        `${names.jobs}:test`,
        `${names.money}:lint`,
      ];
      expect(tasksThat('ran', ends)).toEqual(expect.arrayContaining(expected));
      for (const [name, path] of Object.entries(binaries)) {
        const { stdout } = await run(workspace.path(path), [], workspace.root, environment());
        expect(stdout).toBe(name);
      }
      // The main package is a project of its own now; the module's name still stands for it.
      const again = await workspace.nx(['run', `${names.jobs}:build`]);
      expect(tasksThat('cached', taskEnds(again.output))).toEqual([nightly]);
    },
    2 * MINUTE,
  );
});

describe('a workspace of @nx-go/nx-go 3.3.1, which Nx 24 cannot load', () => {
  let workspace: Workspace;
  const convert = (...args: string[]) => {
    const cli = workspace.path('node_modules/nx-gopher/dist/cli/main.js');
    return run(process.execPath, [cli, 'convert', ...args], workspace.root, workspace.environment());
  };

  beforeAll(async () => {
    const build = {
      executor: '@nx-go/nx-go:build',
      dependsOn: ['codegen'],
      options: { main: 'apps/api/main.go', outputPath: 'bin/api' },
    };
    const codegen = { command: 'echo generated' };
    const files = {
      ...SOURCES,
      'apps/api/project.json': projectJson({ name: 'api', targets: { build, codegen } }),
      'libs/money/project.json': projectJson({ targets: { test: { executor: '@nx-go/nx-go:test' } } }),
    };
    const installed = await installation(NX_24, { '@nx-go/nx-go': '3.3.1' });
    const nxJson = { plugins: ['@nx-go/nx-go'] };
    const layout: Layout = { name: 'unloadable', mains: [], tests: [], files };
    workspace = await Workspace.create(layout, NX_24, { nxJson, installation: installed, pluginWorkers: false });
  }, 5 * MINUTE);

  afterAll(() => workspace?.dispose());

  it(
    'is out of the reach of nx generate, and looked at by a dry run of the command',
    async () => {
      const { output } = await workspace.nx(['generate', 'nx-gopher:convert-from-nx-go', '--dry-run']);
      expect(output).toContain('Failed to process project graph');
      const dry = await convert('--dry-run');
      expect(dry.stdout).toMatch(/^ +api:build +@nx-go\/nx-go:build +nx-gopher:go \(build\)$/m);
      expect(dry.stdout).toContain('UPDATE nx.json');
      expect(dry.exitCode).toBe(0);
      expect((await workspace.git('status', '--porcelain')).stdout).toBe('');
      for (const wrong of [['gonks'], ['--granularity=file'], ['--dry']])
        expect((await convert(...wrong)).exitCode).toBe(2);
    },
    MINUTE,
  );

  it(
    'builds and tests with nx-gopher once the command has converted it, with the binary where it was',
    async () => {
      const { exitCode } = await convert('nx-go', '--skipPackageJson');
      expect(exitCode).toBe(0);
      const { output } = await workspace.nx(['run-many', '-t', 'build', 'test']);
      const ends = taskEnds(output);
      expect(tasksThat('failed', ends)).toEqual([]);
      const expected = ['api:build', 'api:codegen', 'apps/jobs/cmd/nightly:build', 'money:test'];
      expect(tasksThat('ran', ends)).toEqual(expect.arrayContaining(expected));
      const { stdout } = await run(workspace.path('bin/api'), [], workspace.root, environment());
      expect(stdout).toBe('api');
      expect((await convert()).stdout).toContain('Nothing to convert');
    },
    MINUTE,
  );
});
