import { stripVTControlCharacters } from 'node:util';

import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';

import { SINGLE_MODULE } from '../../testing/layouts/single-module.js';
import { Serving, kill, until } from '../../testing/serving/serving.js';
import { mustRun } from '../../testing/workspace/command.js';
import { NX_24 } from '../../testing/workspace/nx-versions.js';
import { Workspace } from '../../testing/workspace/workspace.js';
import { writeFiles } from '../../testing/workspace/files.js';

jest.setTimeout(300_000);

const FILE = 'lib/price/round.go';
const DAEMON = { NX_DAEMON: 'true' };

let workspace: Workspace;
let watch: Serving;

beforeAll(async () => {
  workspace = await Workspace.create(SINGLE_MODULE, NX_24);
  await workspace.nx(['show', 'projects'], DAEMON);
  const nx = `${process.execPath} node_modules/nx/dist/bin/nx.js`;
  const args = ['watch', '--all', '--', `${nx} affected -t test --files=$NX_FILE_CHANGES`];
  const served = {
    root: workspace.root,
    path: (path: string) => workspace.path(path),
    environment: (settings: Readonly<Record<string, string>>) => workspace.environment({ ...settings, ...DAEMON }),
  };
  watch = new Serving(served, [...args, '--verbose'], workspace.root);
});
afterAll(async () => {
  await watch?.end('SIGKILL');
  for (const pid of watch?.processes().keys() ?? []) kill(pid);
  await workspace?.nx(['daemon', '--stop'], DAEMON);
  workspace?.dispose();
});

it('nx watch runs the tests that hold a saved file, as docs/serve.md says', async () => {
  const holding: string[] = [];
  // Packages without tests have the target, too.
  const dirs = [...new Set([...SINGLE_MODULE.tests, ...SINGLE_MODULE.mains])];
  for (const dir of dirs) {
    const env = workspace.environment();
    const { stdout } = await mustRun(
      'go',
      ['list', '-deps', '-test', '-f', '{{.Dir}}', `./${dir}`],
      workspace.root,
      env,
    );
    if (stdout.split('\n').some((path) => path.endsWith('/lib/price'))) holding.push(`${dir}:test`);
  }
  expect(holding.length).toBeGreaterThan(0);
  expect(holding.length).toBeLessThan(dirs.length);
  // When Nx watches it does not say.
  let saves = 0;
  await until(
    'tests ran',
    async () => {
      writeFiles(workspace.root, { [FILE]: `${workspace.text(FILE)}\n// save ${++saves}\n` });
      await new Promise((resolve) => setTimeout(resolve, 5000));
      return watch.output.includes('Successfully ran target test');
    },
    120_000,
  );
  const text = stripVTControlCharacters(watch.output);
  const ran = new Set([...text.matchAll(/nx run (\S+:test)\b/g)].map(([, task]) => task));
  expect([...ran].sort()).toEqual(holding.sort());
});
