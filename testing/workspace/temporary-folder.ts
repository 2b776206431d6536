import { mkdirSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where all that the end-to-end tests write is kept: installations and Go caches are used again by the next run. */
export const TEMPORARY_FOLDER = join(realpathSync(tmpdir()), 'nx-gopher-e2e');

/** A folder below {@link TEMPORARY_FOLDER}, made when it is missing. */
export function temporaryFolder(...names: string[]): string {
  const folder = join(TEMPORARY_FOLDER, ...names);
  mkdirSync(folder, { recursive: true });
  return folder;
}
