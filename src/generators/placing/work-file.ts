import { posix } from 'node:path';

import type { Tree } from '@nx/devkit';

import { findGo } from '../../go/process/command.js';
import { editGoFile } from '../../go/modules/edit-file.js';
import { compareGoVersions, highestGoVersion } from '../../go/modules/go-version.js';
import { parseModFile, useDirectories } from '../../go/modules/mod-file.js';
import { toPosix } from '../../paths.js';
import type { GoModule } from './modules.js';

/** A go.work of the workspace, with the changes a generator has made to it so far. */
export interface WorkFile {
  /** From the workspace root with forward slashes. */
  readonly file: string;
  /** Its `go` directive; empty when it has none. */
  readonly goVersion: string;
  /** The directories it uses, from the workspace root with forward slashes; those outside begin with `../`. */
  readonly uses: readonly string[];
}

export function readWorkFile(tree: Tree, dir: string): WorkFile {
  const file = posix.join(dir, 'go.work');
  const text = tree.read(file, 'utf-8') ?? '';
  const goVersion = parseModFile(text).find(({ verb }) => verb === 'go')?.args[0] ?? '';
  return { file, goVersion, uses: useDirectories(text).map((use) => usedDirectory(dir, use)) };
}

/**
 * Has a go.work use modules, and no longer use directories; its `go` line rises to the highest of the modules', without
 * which the go command refuses the file. A go.work that is not there is made.
 *
 * @param drop directories as {@link WorkFile.uses} gives them.
 * @throws GoNotUsableError without the go command, which makes the edit.
 */
export async function editWorkFile(
  tree: Tree,
  dir: string,
  use: readonly GoModule[],
  drop: readonly string[] = [],
): Promise<void> {
  const { file, goVersion } = readWorkFile(tree, dir);
  const text = tree.read(file, 'utf-8') ?? '';
  const highest = highestGoVersion(use.map((module) => module.goVersion)) ?? '';
  const args = [
    ...(compareGoVersions(highest, goVersion) > 0 ? [`-go=${highest}`] : []),
    ...use.map((module) => `-use=${useArgument(posix.relative(dir, module.dir))}`),
    ...useDirectories(text)
      .filter((written) => drop.includes(usedDirectory(dir, written)))
      .map((written) => `-dropuse=${written}`),
  ];
  tree.write(file, await editGoFile(await findGo(tree.root), 'work', file, text, args));
}

function usedDirectory(workDir: string, use: string): string {
  return posix.isAbsolute(use) ? use : posix.join(workDir, toPosix(use)).replace(/(.)\/$/, '$1');
}

/** As `go work use` writes a directory: with a dot in front. */
function useArgument(path: string): string {
  if (path === '') return '.';
  return path.startsWith('../') || path === '..' ? path : `./${path}`;
}
