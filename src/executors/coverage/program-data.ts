import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { statOf, textOf } from '../../files.js';
import { runGo } from '../../go/process/command.js';
import type { GoSession } from '../task/session.js';
import { TaskError } from '../task/task-error.js';

/** A profile of what programs ran that wrote into a directory. */
interface Counted {
  readonly dir: string;
  readonly text: string;
}

/**
 * What programs built with `-cover` wrote into directories (GOCOVERDIR), as profiles; `go tool covdata` reads it.
 *
 * @param dirs from the workspace's root.
 * @throws TaskError for one that is no directory or holds something else.
 */
export async function countedByPrograms(dirs: readonly string[], session: GoSession): Promise<Counted[]> {
  if (dirs.length === 0) return [];
  const go = await session.go();
  const folder = mkdtempSync(join(tmpdir(), 'nx-gopher-coverage-'));
  try {
    const counted: Counted[] = [];
    for (const [index, dir] of dirs.entries()) {
      const path = resolve(session.workspaceRoot, dir);
      if (!statOf(path)?.isDirectory())
        throw new TaskError(`data: ${dir} is no directory. Run the program with GOCOVERDIR=${dir} before.`);
      const output = join(folder, String(index));
      const args = ['tool', 'covdata', 'textfmt', `-i=${path}`, `-o=${output}`];
      const { exitCode, stderr, stdout } = await runGo(go, args, { cwd: session.workspaceRoot });
      const text = exitCode === 0 ? textOf(output) : undefined;
      if (text === undefined)
        throw new TaskError(`data: go tool covdata cannot read ${dir}: ${(stderr || stdout).trim()}`);
      if (text !== '') counted.push({ dir, text });
    }
    return counted;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
