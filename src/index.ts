import type { NxPlugin } from '@nx/devkit';

import { createGoDependencies, createGoNodes } from './graph/plugin.js';
import { workspaceRoot } from './nx/workspace-root.js';
import { hasRemoteCache } from './seals/remote-cache.js';
import { MANIFEST_GLOB } from './workspace/discover.js';

export const name = 'nx-gopher';
export const createNodes: NxPlugin['createNodes'] = [MANIFEST_GLOB, createGoNodes];
export const createNodesV2: NxPlugin['createNodesV2'] = createNodes;
export const createDependencies: NxPlugin['createDependencies'] = createGoDependencies;
// For the sake of this hook Nx starts a process at the end of each run under its daemon, a third of a second: there
// only what may come from a remote cache is looked at. What looks is loaded when it is called.
const isUnderDaemon = process.env['NX_DAEMON_PROCESS'] === 'true';
export const postTasksExecution: NxPlugin['postTasksExecution'] =
  !isUnderDaemon || hasRemoteCache(workspaceRoot)
    ? async (options, context) => (await import('./seals/verify-run.js')).verifyRestored(options, context)
    : undefined;

export default {
  name,
  createNodes,
  createNodesV2,
  createDependencies,
  ...(postTasksExecution ? { postTasksExecution } : {}),
} satisfies NxPlugin;
