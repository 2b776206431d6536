import { afterAll, describe, expect, it } from '@jest/globals';

import { GoWorkspace } from '../../testing/executors/go-workspace.js';
import { NX_DOORS } from '../../testing/nx/door.js';
import type * as door from './project-file-readers.js';

const workspace = new GoWorkspace({
  'nx.json': '{}',
  'package.json': '{ "workspaces": ["packages/*", "!packages/left"] }',
});
afterAll(() => workspace.remove());

describe.each(NX_DOORS)('under Nx $version', (nx) => {
  it('reads JSON with comments and commas at the end', async () => {
    const text = '{\n  // why\n  "name": "x", /* and */ "tags": ["a",],\n}\n';
    const parsed = await nx.run(
      workspace.root,
      'project-file-readers',
      (file: typeof door, content: string) => file.parseProjectFile(content),
      text,
    );
    expect(parsed).toEqual({ name: 'x', tags: ['a'] });
  });

  it('throws for what is no JSON', async () => {
    const read = nx.run(workspace.root, 'project-file-readers', (file: typeof door) =>
      file.parseProjectFile('{ name: }'),
    );
    await expect(read).rejects.toThrow(/SyntaxError|InvalidSymbol|PropertyNameExpected/);
  });

  it('knows which package.json the workspaces of npm name', async () => {
    const paths = ['packages/x', 'packages/left', 'packages/x/y', 'x'].map((dir) => `${dir}/package.json`);
    const named = await nx.run(
      workspace.root,
      'project-file-readers',
      async (file: typeof door, root: string, asked: readonly string[]) => {
        const { existsSync, readFileSync } = await import('node:fs');
        const read = (name: string) =>
          (existsSync(`${root}/${name}`) ? JSON.parse(readFileSync(`${root}/${name}`, 'utf8')) : {}) as object;
        return asked.filter(file.workspacePackageMatcher(root, read));
      },
      workspace.root,
      paths,
    );
    expect(named).toEqual(['packages/x/package.json']);
  });
});
