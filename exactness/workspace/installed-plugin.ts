import { constants, cpSync, existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

import { run } from '../../testing/workspace/command.js';
import { userEnvironment } from './own-environment.js';

/** The nearest directory at or above `from` that holds an nx.json. @throws Error where there is none. */
export function workspaceAbove(from: string): string {
  for (let current = from; ; current = dirname(current)) {
    if (existsSync(join(current, 'nx.json'))) return current;
    if (current === dirname(current)) {
      throw new Error(`there is no nx.json in ${from} or above it. Run this in an Nx workspace that uses nx-gopher.`);
    }
  }
}

/**
 * Sees to it that a workspace has all that its copy needs.
 *
 * @returns the number of files that differ from the last commit: the copy has them as they lie in the work tree.
 * @throws Error that names what is missing, and the remedy.
 */
export async function checkWorkspace(root: string): Promise<number> {
  for (const name of ['nx', 'nx-gopher']) {
    if (existsSync(join(root, 'node_modules', name, 'package.json'))) continue;
    throw new Error(
      `${name} is not in ${join(root, 'node_modules')}. Install the workspace's packages there (npm install); Yarn's Plug'n'Play has no such directory.`,
    );
  }
  if (!readFileSync(join(root, 'nx.json'), 'utf8').includes('"nx-gopher"')) {
    throw new Error(
      `${join(root, 'nx.json')} does not name nx-gopher among its "plugins". \`npx nx add nx-gopher\` adds it.`,
    );
  }
  await mustAnswer('go', ['version'], root, 'Install Go 1.24 or later: https://go.dev/dl');
  await mustAnswer('git', ['--version'], root, 'Install git.');
  await mustAnswer(
    'git',
    ['rev-parse', '--is-inside-work-tree'],
    root,
    'The copy is made of the files that git does not ignore: run `git init` there first.',
  );
  const status = await mustAnswer('git', ['status', '--porcelain', '-z', '--no-renames', '--', '.'], root, '');
  return status.split('\0').filter(Boolean).length;
}

/** Copies node_modules, with the installed Nx and plugin; without what tools keep in it of earlier runs. */
export function installAsInOriginal(original: string, root: string): Promise<void> {
  cpSync(join(original, 'node_modules'), join(root, 'node_modules'), {
    recursive: true,
    verbatimSymlinks: true,
    mode: constants.COPYFILE_FICLONE,
    filter: (path) => basename(path) !== '.cache',
  });
  return Promise.resolve();
}

async function mustAnswer(file: string, args: readonly string[], root: string, remedy: string): Promise<string> {
  const call = [file, ...args].join(' ');
  let result;
  try {
    result = await run(file, args, root, userEnvironment());
  } catch {
    throw new Error(`${file} cannot be started. ${remedy}`);
  }
  if (result.exitCode !== 0) throw new Error(`\`${call}\` fails in ${root}: ${result.output.trim()}\n${remedy}`);
  return result.stdout;
}
