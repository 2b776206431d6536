import type { NxPlugin } from '@nx/devkit';

import { createGoDependencies, createGoNodes } from './graph/plugin.js';
import { MANIFEST_GLOB } from './workspace/discover.js';

export const name = 'nx-gopher';
export const createNodes: NxPlugin['createNodes'] = [MANIFEST_GLOB, createGoNodes];
export const createNodesV2: NxPlugin['createNodesV2'] = createNodes;
export const createDependencies: NxPlugin['createDependencies'] = createGoDependencies;
// Loaded when it is called: most processes of Nx that load this plugin want the graph alone.
export const postTasksExecution: NxPlugin['postTasksExecution'] = async (options, context) =>
  (await import('./restoring/verify-restored.js')).verifyRestored(options, context);

export default { name, createNodes, createNodesV2, createDependencies, postTasksExecution } satisfies NxPlugin;
