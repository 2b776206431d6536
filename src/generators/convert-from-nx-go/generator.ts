import type { GeneratorCallback, Tree } from '@nx/devkit';

import { convertWorkspace } from '../convert/convert-workspace.js';
import { versionOf } from '../convert/peer-version.js';
import type { ConvertSchema } from '../convert/schema.js';
import { nxGo } from './nx-go.js';

/** Moves a workspace from @nx-go/nx-go to nx-gopher, and prints what has no counterpart. */
export function convertFromNxGo(tree: Tree, options: ConvertSchema = {}): Promise<GeneratorCallback> {
  return convertWorkspace(tree, nxGo(versionOf(tree, '@nx-go/nx-go')), options);
}

export default convertFromNxGo;
