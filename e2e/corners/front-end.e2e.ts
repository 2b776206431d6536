import { rmSync } from 'node:fs';

import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

import { goMod, mainPrinting, type Layout } from '../../testing/layouts/layout.js';
import { measureChange } from '../../testing/measuring/measure.js';
import { mustRun } from '../../testing/workspace/command.js';
import { environment } from '../../testing/workspace/environment.js';
import { replaceText } from '../../testing/workspace/files.js';
import { taskEnds, tasksThat } from '../../testing/workspace/nx-output.js';
import { NX_23, NX_24 } from '../../testing/workspace/nx-versions.js';
import { Workspace } from '../../testing/workspace/workspace.js';

jest.setTimeout(300_000);

const json = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;

/** A JavaScript project's build that copies its page to where Go embeds it. */
const build = (root: string, output: string): object => ({
  command: `node ${root}/build.mjs`,
  cache: true,
  inputs: ['{projectRoot}/page.txt', '{projectRoot}/build.mjs', { externalDependencies: [] }],
  outputs: [`{workspaceRoot}/${output}`],
});

const buildScript = (root: string, output: string): string =>
  `import { cpSync } from 'node:fs';\n\ncpSync('${root}/page.txt', '${output}/page.txt');\n`;

const embedding = (name: string): string =>
  `package ${name}\n\nimport _ "embed"\n\n// Page is what the front end's build gives.\n//\n//go:embed dist/page.txt\nvar Page string\n`;

/**
 * Two front ends whose builds git ignores:
 *
 *     server   embeds server/ui/dist, which the project web writes
 *     desk     embeds console/dist, the output of a project in whose directory the Go package lies
 *     plain    neither
 */
const FRONT_ENDS: Layout = {
  name: 'front-ends',
  mains: ['server', 'desk', 'plain'],
  tests: [],
  files: {
    '.gitignore': 'node_modules\ndist\n.nx\n',
    'go.mod': goMod('example.org/site', '1.24.0'),
    'server/main.go': mainPrinting(['example.org/site/server/ui'], 'ui.Page'),
    'server/project.json': json({
      targets: { build: { dependsOn: [{ projects: ['web'], target: 'build' }] } },
    }),
    'server/ui/ui.go': embedding('ui'),
    'desk/main.go': mainPrinting(['example.org/site/console'], 'console.Page'),
    'desk/project.json': json({ targets: { build: { dependsOn: ['^build'] } } }),
    'plain/main.go': mainPrinting([], '"plain"'),
    'web/project.json': json({ name: 'web', targets: { build: build('web', 'server/ui/dist') } }),
    'web/build.mjs': buildScript('web', 'server/ui/dist'),
    'web/page.txt': 'the page\n',
    'console/project.json': json({ name: 'console', targets: { build: build('console', 'console/dist') } }),
    'console/build.mjs': buildScript('console', 'console/dist'),
    'console/page.txt': 'the console\n',
    'console/console.go': embedding('console'),
  },
};

const ALL = ['console:build', 'desk:build', 'plain:build', 'server:build', 'web:build'];

describe.each([NX_24, NX_23])('a server that embeds a front end which git ignores, on Nx $nx', (nxVersion) => {
  let workspace: Workspace;
  beforeAll(async () => {
    workspace = await Workspace.create(FRONT_ENDS, nxVersion);
  });
  afterAll(() => workspace?.dispose());

  const run = async (...args: string[]) => {
    const { output, exitCode } = await workspace.nx(args);
    const ends = taskEnds(output);
    return { exitCode, ran: tasksThat('ran', ends), cached: tasksThat('cached', ends) };
  };
  const printed = async (main: string): Promise<string> =>
    (await mustRun(workspace.path(`dist/${main}/${main}`), [], workspace.root, environment())).stdout.trim();

  it('is built in a clean clone, after its front end', async () => {
    expect(await run('run-many', '-t', 'build')).toEqual({ exitCode: 0, ran: ALL, cached: [] });
    expect([await printed('server'), await printed('desk')]).toEqual(['the page', 'the console']);
  });

  it('has the same hash once the front end is there, and in the next clean clone', async () => {
    expect(await run('run-many', '-t', 'build')).toEqual({ exitCode: 0, ran: [], cached: ALL });
    for (const output of ['dist', 'server/ui/dist', 'console/dist'])
      rmSync(workspace.path(output), { recursive: true });
    expect(await run('run-many', '-t', 'build')).toEqual({ exitCode: 0, ran: [], cached: ALL });
    expect(await printed('server')).toBe('the page');
  });

  it('is selected and built again, after its front end and with nothing else, when that is edited', async () => {
    replaceText(workspace.root, 'web/page.txt', 'the page', 'the new page');
    const { selectedTasks, selectedProjects } = await measureChange(workspace);
    expect(selectedTasks).toEqual(['server:build', 'web:build']);
    expect(selectedProjects).toEqual(expect.arrayContaining(['server', 'web']));
    const { ran, exitCode } = await run('affected', '-t', 'build', '--base=HEAD');
    expect({ ran, exitCode }).toEqual({ ran: ['server:build', 'web:build'], exitCode: 0 });
    expect(await printed('server')).toBe('the new page');
    replaceText(workspace.root, 'console/page.txt', 'the console', 'the new console');
    await run('run-many', '-t', 'build');
    expect(await printed('desk')).toBe('the new console');
  });
});
