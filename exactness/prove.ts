import { realpathSync } from 'node:fs';

import { conduct } from './conduct.js';
import { parseProveOptions, PROVE_USAGE } from './options.js';
import { copySubject } from './workspace/copy.js';
import { checkWorkspace, installAsInOriginal, workspaceAbove } from './workspace/installed-plugin.js';

/**
 * `nx-gopher prove`: proves on a copy of the user's workspace, with the Nx and the plugin installed in it, that hashes
 * and selection are exact. Bundled apart, and found by src/cli/prove.ts.
 *
 * @param from the directory that the command is run in.
 * @returns the exit code, see {@link conduct}.
 * @throws Error that says what is wrong with the arguments or the workspace.
 */
export async function prove(args: readonly string[], from: string): Promise<number> {
  const options = parseProveOptions(args);
  if (!options) {
    console.log(PROVE_USAGE);
    return 0;
  }
  const root = realpathSync(workspaceAbove(from));
  const uncommitted = await checkWorkspace(root);
  const { mutations, seed } = options;
  console.error(`${mutations} random edits of copies of ${root}, seed ${seed}; the workspace itself is only read.`);
  if (uncommitted)
    console.error(`It has ${uncommitted} uncommitted files: the copies hold them too, so another run may differ.`);
  // Which mutations a seed makes hangs on the name: it is the same in every directory.
  const source = { name: 'workspace', open: () => copySubject(root, installAsInOriginal, options.prepare) };
  return conduct(
    options,
    [source],
    ({ epoch }) => `npx nx-gopher prove --seed ${seed} --only ${epoch} --jobs 1 --keep`,
  );
}
