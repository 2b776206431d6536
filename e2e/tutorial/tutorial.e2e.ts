import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';

import { run } from '../../testing/workspace/command.js';
import { environment } from '../../testing/workspace/environment.js';
import { npmEnvironment, pluginTarball } from '../../testing/workspace/installation.js';
import { internetModules } from '../../testing/workspace/internet-modules.js';
import { taskEnds, tasksThat } from '../../testing/workspace/nx-output.js';
import { NX_24 } from '../../testing/workspace/nx-versions.js';
import { freePorts } from '../../testing/serving/serving.js';
import { temporaryFolder } from '../../testing/workspace/temporary-folder.js';
import { missingLine, readSteps } from './steps.js';

jest.setTimeout(600_000);

const TUTORIAL = readFileSync(new URL('../../docs/tutorial.md', import.meta.url), 'utf8');

/** npm takes what it has downloaded before, and asks the registry for nothing else. */
const QUIET_NPM = Object.fromEntries(
  Object.entries({ prefer_offline: true, audit: false, fund: false, update_notifier: false }).map(([name, value]) => [
    `npm_config_${name}`,
    String(value),
  ]),
);

/** What git asks a new user for before the first commit. */
const AUTHOR = Object.fromEntries(
  ['AUTHOR', 'COMMITTER'].flatMap((role) => [
    [`GIT_${role}_NAME`, 'e2e'],
    [`GIT_${role}_EMAIL`, 'e2e@example.org'],
  ]),
);

let folder: string;
let cwd: string;
let tarball: string;
let port: number;

beforeAll(async () => {
  [port] = (await freePorts(1)) as [number];
  folder = mkdtempSync(join(temporaryFolder('tutorials'), 'empty-'));
  cwd = folder;
  tarball = await pluginTarball();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// In order, as a reader does: each step goes on from the one before.
it.each(readSteps(TUTORIAL))('prints at line $line what the tutorial says', async ({ commands, prints }) => {
  const { output, exitCode } = await readerRuns(commands);
  expect(`${output}\nexit code ${exitCode}`).toMatch(/\nexit code 0$/);
  const missing = missingLine(prints, output);
  expect(missing === undefined ? '' : `"${missing}" is not, or not there, in:\n${output}`).toBe('');
  // Where it lists packages that were made, these are all.
  const listed = packagesIn(prints.join('\n'));
  if (listed.length > 0) expect(packagesIn(output)).toEqual(listed);
});

it('tells lines that are not printed, or in another order', () => {
  const output = 'one (1.2s)\ntwo\n three';
  expect(missingLine(['one (7ms)', 'three'], output)).toBeUndefined();
  expect(missingLine(['two', 'one (1s)'], output)).toBe('one (1s)');
  expect(missingLine(['thre'], output)).toBe('thre');
});

function packagesIn(output: string): string[] {
  return tasksThat('ran', taskEnds(output)).filter((task) => task.endsWith(':package'));
}

/**
 * Runs commands in the terminal of a reader who has no more than the tarball and a network: two names stand for what
 * the registry would give, the plugin and the version of Nx that these tests know. A port is one that is free here.
 */
async function readerRuns(commands: string) {
  const script = commands
    .replaceAll('nx add nx-gopher', `nx add nx-gopher@file:${tarball}`)
    .replaceAll('nx@24 ', `nx@${NX_24.nx} `)
    .replaceAll('3000', String(port));
  const end = join(folder, '.cwd');
  const env = { ...npmEnvironment(), ...environment(internetModules()), ...QUIET_NPM, ...AUTHOR };
  const result = await run('bash', ['-euc', `trap 'pwd > "${end}"' EXIT\n${script}`], cwd, env);
  cwd = readFileSync(end, 'utf8').trim();
  // Under CI, Nx colours what it prints into a pipe, too.
  return { ...result, output: stripVTControlCharacters(result.output) };
}
