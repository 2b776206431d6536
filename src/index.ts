import type { NxPlugin } from '@nx/devkit';

import { createGoDependencies, createGoNodes } from './graph/plugin.js';
import { MANIFEST_GLOB } from './workspace/discover.js';

export const name = 'nx-gopher';
export const createNodes: NxPlugin['createNodes'] = [MANIFEST_GLOB, createGoNodes];
export const createNodesV2: NxPlugin['createNodesV2'] = createNodes;
export const createDependencies: NxPlugin['createDependencies'] = createGoDependencies;

export default { name, createNodes, createNodesV2, createDependencies } satisfies NxPlugin;
