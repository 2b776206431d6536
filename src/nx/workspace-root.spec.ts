import { afterAll, describe, expect, it } from '@jest/globals';

import { GoWorkspace } from '../../testing/executors/go-workspace.js';
import { NX_DOORS } from '../../testing/nx/door.js';
import type * as door from './workspace-root.js';

const workspace = new GoWorkspace({ 'nx.json': '{}', 'services/orders/main.go': 'package main\n' });
afterAll(() => workspace.remove());

describe.each(NX_DOORS)('under Nx $version', (nx) => {
  it('is the directory of nx.json, also from one below it', async () => {
    const root = await nx.run(
      workspace.path('services/orders'),
      'workspace-root',
      (file: typeof door) => file.workspaceRoot,
    );
    expect(root).toBe(workspace.root);
  });
});
