import { mkdirSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for what the proof writes, made when it is missing; each user of the machine has one of their own. */
export function proofFolder(...names: readonly string[]): string {
  const folder = join(realpathSync(tmpdir()), `nx-gopher-prove-${process.getuid?.() ?? 'user'}`, ...names);
  mkdirSync(folder, { recursive: true });
  return folder;
}
