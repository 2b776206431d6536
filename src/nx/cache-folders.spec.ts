import { afterAll, describe, expect, it } from '@jest/globals';

import { GoWorkspace } from '../../testing/executors/go-workspace.js';
import { NX_DOORS } from '../../testing/nx/door.js';
import type * as door from './cache-folders.js';

const workspace = new GoWorkspace({ 'nx.json': '{ "cacheDirectory": "kept" }' });
afterAll(() => workspace.remove());

describe.each(NX_DOORS)('under Nx $version', (nx) => {
  it('finds the cache where nx.json says', async () => {
    const folder = await nx.run(workspace.root, 'cache-folders', (file: typeof door) => file.cacheFolder());
    expect(folder).toBe(workspace.path('kept'));
  });

  it('finds what Nx knows of a workspace in it', async () => {
    const folder = await nx.run(
      workspace.root,
      'cache-folders',
      (file: typeof door, root: string) => file.workspaceDataFolder(root),
      workspace.root,
    );
    expect(folder).toBe(workspace.path('.nx/workspace-data'));
  });

  it('finds it where the environment says', async () => {
    const folder = await nx.run(
      workspace.root,
      'cache-folders',
      (file: typeof door, root: string) => {
        process.env['NX_WORKSPACE_DATA_DIRECTORY'] = 'data';
        return file.workspaceDataFolder(root);
      },
      workspace.root,
    );
    expect(folder).toBe(workspace.path('data'));
  });
});
