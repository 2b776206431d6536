import { rmSync } from 'node:fs';

import { afterAll, describe, expect, it } from '@jest/globals';

import { GoWorkspace } from '../../testing/executors/go-workspace.js';
import { NX_DOORS } from '../../testing/nx/door.js';
import type * as door from './generator-tree.js';

const workspace = new GoWorkspace({ 'nx.json': '{}', 'old.txt': 'old' });
afterAll(() => workspace.remove());

describe.each(NX_DOORS)('under Nx $version', (nx) => {
  it('keeps its changes back until they are written', async () => {
    rmSync(workspace.path('dir'), { recursive: true, force: true });
    workspace.write({ 'old.txt': 'old' });
    const states = await nx.run(
      workspace.root,
      'generator-tree',
      async (file: typeof door, root: string) => {
        const { existsSync, readFileSync } = await import('node:fs');
        const tree = new file.FsTree(root, false);
        tree.write('dir/new.txt', 'new');
        tree.delete('old.txt');
        const before = [existsSync(`${root}/dir`), existsSync(`${root}/old.txt`)];
        file.flushChanges(root, tree.listChanges());
        return [...before, readFileSync(`${root}/dir/new.txt`, 'utf8'), existsSync(`${root}/old.txt`)];
      },
      workspace.root,
    );
    expect(states).toEqual([false, true, 'new', false]);
  });
});
