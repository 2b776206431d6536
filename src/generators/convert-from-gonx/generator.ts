import type { GeneratorCallback, Tree } from '@nx/devkit';

import { convertWorkspace } from '../convert/convert-workspace.js';
import { PEERS } from '../convert/peers.js';
import type { ConvertSchema } from '../convert/schema.js';

/** Moves a workspace from @naxodev/gonx to nx-gopher, and prints what has no counterpart. */
export function convertFromGonx(tree: Tree, options: ConvertSchema = {}): Promise<GeneratorCallback> {
  return convertWorkspace(tree, PEERS.gonx(), options);
}

export default convertFromGonx;
