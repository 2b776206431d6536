import { afterAll, describe, expect, it } from '@jest/globals';

import { GoWorkspace } from '../../testing/executors/go-workspace.js';
import { NX_DOORS } from '../../testing/nx/door.js';
import type * as door from './workspace-files.js';

const workspace = new GoWorkspace({
  'nx.json': '{}',
  '.gitignore': 'ignored.go\n.nx\n',
  '.nxignore': 'other\n',
  'go.mod': 'module example.com/m\n',
  'ignored.go': '',
  'other/x.go': '',
  'lib/x.go': '',
  'lib/deep/x.s': '',
  'lib/README.md': '',
});
afterAll(() => workspace.remove());

describe.each(NX_DOORS)('under Nx $version', (nx) => {
  it('lists what matches a glob, and what is not ignored', async () => {
    const files = await nx.run(
      workspace.root,
      'workspace-files',
      (file: typeof door, root: string) => file.workspaceFiles(root, ['**/*.{go,s}', '**/{go.mod,go.work}']),
      workspace.root,
    );
    expect(files.sort()).toEqual(['go.mod', 'lib/deep/x.s', 'lib/x.go']);
  });

  it('lists every file that is not ignored', async () => {
    const files = await nx.run(
      workspace.root,
      'workspace-files',
      (file: typeof door, root: string) => file.allWorkspaceFiles(root),
      workspace.root,
    );
    const expected = ['.gitignore', '.nxignore', 'go.mod', 'lib/README.md', 'lib/deep/x.s', 'lib/x.go', 'nx.json'];
    expect(files.sort()).toEqual(expected);
  });
});
