import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

import { packageFile } from '../package-root.js';

/** What the bundle of the proof gives: see exactness/prove.ts, which is no part of the plugin's own code. */
interface Proof {
  prove(args: readonly string[], from: string): Promise<number>;
}

/**
 * Proves on a copy of the workspace that hashes and selection are exact.
 *
 * @returns the exit code: 0, 1 when anything is stale, missed or unequal, 130 when it was interrupted.
 * @throws Error that says what is wrong with the arguments or the workspace.
 */
export async function prove(args: readonly string[]): Promise<number> {
  const bundle = packageFile('dist', 'exactness', 'prove.js');
  if (!existsSync(bundle)) throw new Error(`${bundle} is missing: install nx-gopher again, or run its build.`);
  const proof = (await import(pathToFileURL(bundle).href)) as Proof;
  return proof.prove(args, process.cwd());
}
