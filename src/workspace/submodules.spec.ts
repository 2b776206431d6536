import { afterAll, expect, it } from '@jest/globals';

import { GoWorkspace } from '../../testing/executors/go-workspace.js';
import { submoduleDirs } from './submodules.js';

const workspace = new GoWorkspace({});
afterAll(() => workspace.remove());

it('reads the directories of submodules as git writes them', () => {
  expect(submoduleDirs(workspace.root)).toEqual([]);
  workspace.write({
    '.gitmodules': '[submodule "b"]\n\tpath = third/b\n\turl = ../b\r\n[submodule "a"]\n\turl = x\n\tpath = "a b"\n',
  });
  expect(submoduleDirs(workspace.root)).toEqual(['a b', 'third/b']);
});
