import {
  constants,
  copyFileSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readlinkSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';

import { mustRun, type Environment } from '../../testing/workspace/command.js';
import { writeFiles } from '../../testing/workspace/files.js';
import { isInside } from '../../src/paths.js';
import { copyEnvironment, userEnvironment, withSettings } from './own-environment.js';
import { proofFolder } from './proof-folder.js';
import { removeFolder, Subject } from './subject.js';

/** Puts Nx and the plugin into a copy. */
export type Install = (original: string, root: string, env: Environment) => Promise<void>;

const IDENTITY = ['-c', 'user.name=exactness', '-c', 'user.email=exactness@example.org', '-c', 'commit.gpgsign=false'];

/**
 * Copies the work tree of a git repository, or a directory of it, as it lies there; what git ignores is left out. The
 * original is only read.
 *
 * @param prepare words of a command that makes what git ignores and Go code embeds.
 */
export async function copySubject(original: string, install: Install, prepare: readonly string[]): Promise<Subject> {
  const base = await copyEnvironment(original);
  const root = mkdtempSync(join(proofFolder('copies'), `${basename(original)}-`));
  try {
    await copyFiles(original, root);
    await install(original, root, base);
    const [command, ...args] = prepare;
    if (command) await mustRun(command, args, root, base);
    await commitAll(root, base);
    return await Subject.open({
      root,
      environment: (settings) => withSettings(base, settings),
      prepare: command ? [command, ...args] : undefined,
      dispose: () => removeFolder(root),
    });
  } catch (error) {
    removeFolder(root);
    throw error;
  }
}

async function commitAll(root: string, env: Environment): Promise<void> {
  await mustRun('git', ['init', '--quiet', '--template=', '--initial-branch=main'], root, env);
  writeFiles(root, {
    // Git is to see files as go does, and to put them back byte for byte.
    '.git/info/attributes': '* -text -ident -filter -working-tree-encoding\n',
    '.git/info/exclude': '/node_modules\n/.nx\n',
  });
  await mustRun('git', ['add', '--all'], root, env);
  await mustRun('git', [...IDENTITY, 'commit', '--quiet', '--allow-empty', '--message', 'start'], root, env);
}

async function copyFiles(original: string, root: string): Promise<void> {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const { stdout } = await mustRun('git', args, original, userEnvironment());
  for (const path of new Set(stdout.split('\0').filter(Boolean))) {
    const [from, to] = [join(original, path), join(root, path)];
    const stats = lstatSync(from, { throwIfNoEntry: false });
    // A directory is a submodule.
    if (!stats || stats.isDirectory()) continue;
    mkdirSync(dirname(to), { recursive: true });
    if (stats.isSymbolicLink()) copyLink(original, from, root, to);
    else copyFileSync(from, to, constants.COPYFILE_FICLONE);
  }
}

/**
 * A link within the original leads to the same place within the copy. What one outside leads to is copied, or, where it
 * is a directory, linked: no mutation may write through a link into what is not the copy's.
 */
function copyLink(original: string, from: string, root: string, to: string): void {
  const text = readlinkSync(from);
  const target = resolve(dirname(from), text);
  const stats = statSync(from, { throwIfNoEntry: false });
  if (isInside(original, target)) symlinkSync(relative(dirname(to), join(root, relative(original, target))) || '.', to);
  else if (stats?.isFile()) copyFileSync(from, to);
  else symlinkSync(stats ? target : `missing-${basename(to)}`, to);
}
