import { readFileSync } from 'node:fs';

import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';

import { goMod, type Layout } from '../../testing/layouts/layout.js';
import { mustRun, run } from '../../testing/workspace/command.js';
import { writeFiles } from '../../testing/workspace/files.js';
import { taskEnds } from '../../testing/workspace/nx-output.js';
import { NX_23, NX_24 } from '../../testing/workspace/nx-versions.js';
import { Workspace } from '../../testing/workspace/workspace.js';

jest.setTimeout(300_000);

/** What docs/executors.md shows, block by block. */
const [SECTION = ''] = /^## Version stamping\n[^]*?(?=^## )/m.exec(readFileSync('docs/executors.md', 'utf8')) ?? [];
const block = (language: string): string =>
  new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, 'm').exec(SECTION)?.[1] ?? '';

const PRINTING = 'package main\n\nvar name = ""\n\nfunc main() { println(name + " " + version) }\n';
const LAYOUT: Layout = {
  name: 'variables',
  mains: ['services/orders', 'services/other'],
  tests: [],
  files: {
    'go.mod': goMod('example.org/shop', '1.24.0'),
    'services/orders/version.go': block('go'),
    'services/orders/main.go': PRINTING,
    'services/orders/project.json': block('json'),
    'services/other/main.go': 'package main\n\nfunc main() {}\n',
  },
};

const withOptions = (...targets: readonly (readonly [target: string, options: object])[]) => ({
  'services/orders/project.json': JSON.stringify({
    targets: Object.fromEntries(targets.map(([target, options]) => [target, { options }])),
  }),
});

describe.each([NX_24, NX_23])('on Nx $nx, a variable in an option', (version) => {
  let workspace: Workspace;
  beforeAll(async () => {
    // Without workers Nx 23 names the project of a project.json without a name otherwise.
    workspace = await Workspace.create(LAYOUT, version, { pluginWorkers: version === NX_23 });
  });
  afterAll(() => workspace?.dispose());
  beforeEach(() => workspace.reset());

  const printed = async (): Promise<string> => {
    const { stderr } = await run(workspace.path('dist/services/orders/orders'), [], workspace.root, {});
    return stderr.trim();
  };

  /** How a task ended, and what the program prints then. */
  const build = async (settings: Readonly<Record<string, string>>, ...args: string[]) => {
    // Nx lists how tasks ended where there are several.
    const { output } = await workspace.nx(['run-many', '-t', 'build', ...args], settings);
    return [taskEnds(output)['services/orders:build'] ?? output, await printed()];
  };

  it('stamps the version as the documentation shows', async () => {
    await workspace.git('tag', 'v1.2.3');
    const path = `${workspace.path('node_modules/.bin')}:${process.env['PATH']}`;
    const env = workspace.environment({ PATH: path, ...(version === NX_24 ? { NX_ISOLATE_PLUGINS: 'false' } : {}) });
    await mustRun('sh', ['-c', block('sh')], workspace.root, env);
    expect(await build({ VERSION: 'v1.2.3' })).toEqual(['cached', 'v1.2.3']);
    expect(await build({ VERSION: 'v2' })).toEqual(['ran', 'v2']);
    expect(await build({})).toEqual(['ran', 'dev']);
    // Nx gives an empty variable the hash of one that is not set.
    expect(await build({ VERSION: '' })).toEqual(['cached', 'dev']);
    expect(await build({ VERSION: 'v2' })).toEqual(['cached', 'v2']);
  });

  it('comes from .env files, the same in a batch and alone, next to tokens that Nx fills in', async () => {
    writeFiles(workspace.root, {
      ...withOptions(['build', { ldflags: '-X main.version=$VERSION -X main.name={projectName}' }]),
      'services/orders/.env': 'VERSION=v5\n',
    });
    expect(await build({})).toEqual(['ran', 'services/orders v5']);
    expect(await build({}, '--no-batch')).toEqual(['cached', 'services/orders v5']);
    expect(await build({ NX_SKIP_NX_CACHE: 'true' }, '--no-batch')).toEqual(['ran', 'services/orders v5']);
    writeFiles(workspace.root, { 'services/orders/.env': 'VERSION=v6\n' });
    expect(await build({})).toEqual(['ran', 'services/orders v6']);
    expect(await build({ VERSION: 'v7' })).toEqual(['ran', 'services/orders v7']);
  });

  it('that is not set fails its task alone, and is named', async () => {
    writeFiles(workspace.root, withOptions(['build', { ldflags: ['-s', '-X main.version=$VERSION'] }]));
    const { output } = await workspace.nx(['run-many', '-t', 'build']);
    expect(taskEnds(output)).toMatchObject({
      'services/orders:build': 'failed',
      'services/other:build': expect.stringMatching('ran|cached'),
    });
    expect(output).toContain(
      'nx-gopher does not run services/orders:build: its option ldflags.1 holds the variable $VERSION, which is not set, or empty.',
    );
  });

  it('is no command, and none where outputs are named: only the target is refused', async () => {
    for (const [option, value, message] of [
      ['ldflags', '-X main.version=$(git describe)', 'holds $(git describe), but no shell runs it'],
      ['outputPath', 'dist/orders-$VERSION', 'holds the variable $VERSION, but what a target reads and writes'],
    ] as const) {
      writeFiles(workspace.root, withOptions(['build', { [option]: value }]));
      const { output } = await workspace.nx(['run-many', '-t', 'build'], { VERSION: '1' });
      expect(taskEnds(output)).toMatchObject({
        'services/orders:build': 'failed',
        'services/other:build': expect.stringMatching('ran|cached'),
      });
      expect(output).toContain(`services/orders/project.json: targets.build.options.${option} ${message}`);
    }
  });

  it('on the command line is refused, unless it is an input', async () => {
    const ldflags = '--ldflags=-X main.version=$OTHER';
    const { output } = await workspace.nx(['run', 'services/orders:build', ldflags], { OTHER: '1' });
    expect(output).toContain('the variable $OTHER is not among the inputs');
    for (const VERSION of ['v9', 'v8']) {
      await workspace.nx(['run', 'services/orders:build', '--ldflags=-X main.version=x$VERSION'], { VERSION });
      expect(await printed()).toBe(`x${VERSION}`);
    }
  });

  it('of the option env comes before the environment, and may name itself', async () => {
    const env = { VERSION: 'own-$VERSION', NAME: 'ignored' };
    writeFiles(workspace.root, withOptions(['build', { ldflags: '-X main.version=$VERSION$NAME', env }]));
    expect(await build({ VERSION: 'v1', NAME: 'x' })).toEqual(['ran', 'own-v1ignored']);
    expect(await build({ VERSION: 'v1', NAME: 'y' })).toEqual(['cached', 'own-v1ignored']);
  });

  it('tags an image', async () => {
    const image = { format: 'image', image: { tag: '${VERSION:-latest}' } };
    writeFiles(workspace.root, withOptions(['package', image]));
    const pack = async (VERSION: string) => {
      const { output } = await workspace.nx(['run', 'services/orders:package'], { VERSION });
      const [tag] = /orders:v\d/.exec(workspace.read('dist/services/orders/orders.image.tar').toString('latin1')) ?? [];
      expect(output).toContain('Successfully ran target package');
      return [/nx run services\/orders:package +\[local cache\]/.test(output) ? 'cached' : 'ran', tag];
    };
    expect(await pack('v1')).toEqual(['ran', 'orders:v1']);
    expect(await pack('v1')).toEqual(['cached', 'orders:v1']);
    expect(await pack('v2')).toEqual(['ran', 'orders:v2']);
  });
});
