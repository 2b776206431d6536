import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { isFile } from '../../files.js';
import { processRunner } from '../../go/process/command.js';
import type { WorkspaceCopy } from './workspace-copy.js';

/** Lines of a difference that a task prints. */
const SHOWN = 400;

/** Those of the paths, from the workspace's root, that git does not ignore; all where there is no git. */
export async function committable(workspaceRoot: string, paths: readonly string[]): Promise<string[]> {
  if (paths.length === 0) return [];
  const { execa } = await processRunner();
  const input = paths.join('\0');
  const { stdout } = await execa('git', ['check-ignore', '-z', '--stdin'], {
    cwd: workspaceRoot,
    input,
    reject: false,
  });
  const ignored = new Set(String(stdout ?? '').split('\0'));
  return paths.filter((path) => !ignored.has(path));
}

/** A unified diff from the workspace to the copy; only the names where there is no git to make it. */
export async function difference(
  workspaceRoot: string,
  copy: WorkspaceCopy,
  paths: readonly string[],
): Promise<string> {
  for (const [side, root] of [
    ['a', workspaceRoot],
    ['b', copy.root],
  ] as const) {
    mkdirSync(join(copy.beside, side), { recursive: true });
    for (const path of paths) {
      const target = join(copy.beside, side, path);
      if (!isFile(join(root, path))) continue;
      mkdirSync(dirname(target), { recursive: true });
      copyFileSync(join(root, path), target);
    }
  }
  const { execa } = await processRunner();
  const flags = ['--no-index', '--no-color', '--no-ext-diff', '--no-textconv', '--no-prefix'];
  const options = { cwd: copy.beside, reject: false, stripFinalNewline: false } as const;
  const { stdout } = await execa('git', ['-c', 'core.autocrlf=false', 'diff', ...flags, 'a', 'b'], options);
  const text = String(stdout ?? '');
  return text === '' ? paths.map((path) => `  ${whatIs(workspaceRoot, copy, path)}\n`).join('') : shortened(text);
}

function whatIs(workspaceRoot: string, copy: WorkspaceCopy, path: string): string {
  if (!existsSync(join(workspaceRoot, path))) return `${path} is missing`;
  return existsSync(join(copy.root, path)) ? `${path} differs` : `${path} is deleted by the generators`;
}

function shortened(text: string): string {
  const lines = text.split('\n');
  return lines.length <= SHOWN
    ? text
    : `${lines.slice(0, SHOWN).join('\n')}\n… and ${lines.length - SHOWN} more lines\n`;
}
