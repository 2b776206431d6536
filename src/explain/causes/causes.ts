import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { Git } from '../../doctor/git.js';
import type { RecordedPart } from '../parts/recorded-part.js';
import type { Cause } from './cause.js';
import { compareParts } from './compare-parts.js';

/**
 * Says why two hashes of a task differ, see {@link compareParts}, of which the second is that of the files as they lie
 * in the workspace.
 */
export async function causesOf(
  root: string,
  before: readonly RecordedPart[],
  after: readonly RecordedPart[],
): Promise<Cause[]> {
  const isThere = (path: string): boolean => existsSync(join(root, path));
  const causes = compareParts(before, after, isThere);
  // Git is asked of few files: to ask of all that parts list would take longer than to compare them.
  const ignored = await new Git(root).ignored(causes.flatMap((cause) => (cause.kind === 'file' ? [cause.path] : [])));
  return ignored.length > 0 ? compareParts(before, after, isThere, new Set(ignored)) : causes;
}
