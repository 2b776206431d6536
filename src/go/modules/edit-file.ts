import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { runGo, type GoCommand } from '../process/command.js';

/**
 * The text of a go.mod after `go mod edit`, or of a go.work after `go work edit`. The edit is that of the go command
 * itself, so comments stay and the layout is Go's; it happens in a temporary folder and no file of a workspace is read
 * or written.
 *
 * @param args the edits, e.g. `['-use=./api']`.
 * @throws Error with what the go command says, its file named `file`.
 */
export async function editGoFile(
  go: GoCommand,
  kind: 'mod' | 'work',
  file: string,
  text: string,
  args: readonly string[],
): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'nx-gopher-edit-'));
  try {
    // Not called go.mod or go.work: go would choose its toolchain by it.
    const copy = join(folder, 'edited');
    writeFileSync(copy, text);
    const env = { GOWORK: 'off', GOFLAGS: '', GOTOOLCHAIN: 'local' };
    const result = await runGo(go, [kind, 'edit', ...args, '-print', copy], { cwd: folder, env });
    if (result.exitCode !== 0) throw new Error(result.stderr.trim().replaceAll(copy, file));
    return result.stdout;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
