import { afterAll, describe, expect, it } from '@jest/globals';

import { GoWorkspace } from '../../testing/executors/go-workspace.js';
import { NX_DOORS } from '../../testing/nx/door.js';
import type * as door from './nx-cloud.js';

const workspace = new GoWorkspace({ 'nx.json': '{}', 'cloud/nx.json': '{ "nxCloudId": "1" }' });
afterAll(() => workspace.remove());

describe.each(NX_DOORS)('under Nx $version', (nx) => {
  const uses = (root: string) =>
    nx.run(root, 'nx-cloud', (file: typeof door, workspaceRoot: string) => file.usesNxCloud(workspaceRoot), root);

  it('is used where nx.json connects to it', async () => {
    expect(await uses(workspace.root)).toBe(false);
    expect(await uses(workspace.path('cloud'))).toBe(true);
  });

  it('is not where the environment forbids it', async () => {
    const used = await nx.run(
      workspace.path('cloud'),
      'nx-cloud',
      (file: typeof door, root: string) => {
        process.env['NX_NO_CLOUD'] = 'true';
        return file.usesNxCloud(root);
      },
      workspace.path('cloud'),
    );
    expect(used).toBe(false);
  });
});
