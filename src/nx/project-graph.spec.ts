import { afterAll, describe, expect, it } from '@jest/globals';

import { GoWorkspace } from '../../testing/executors/go-workspace.js';
import { NX_DOORS } from '../../testing/nx/door.js';
import type * as door from './project-graph.js';

const workspace = new GoWorkspace({
  'nx.json': '{ "plugins": [] }',
  'package.json': '{ "name": "workspace" }',
  'app/project.json': '{ "name": "app" }',
});
afterAll(() => workspace.remove());

describe.each(NX_DOORS)('under Nx $version', (nx) => {
  it('is the one that was computed last', async () => {
    const names = await nx.run(
      workspace.root,
      'project-graph',
      async (file: typeof door, next: string) => {
        const { createProjectGraphAsync } = await import('@nx/devkit');
        const { mkdirSync, rmSync, writeFileSync } = await import('node:fs');
        rmSync(next, { recursive: true, force: true });
        await createProjectGraphAsync();
        mkdirSync(next, { recursive: true });
        writeFileSync(`${next}/project.json`, '{ "name": "next" }');
        return Object.keys(file.cachedProjectGraph().nodes);
      },
      workspace.path('next'),
    );
    expect(names).toContain('app');
    expect(names).not.toContain('next');
  });
});
