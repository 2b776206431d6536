import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';

import { but, type Edit } from '../edits/edit.js';
import { SINGLE_MODULE_FILES } from '../edits/single-module-files.js';
import { SINGLE_MODULE_MANIFESTS } from '../edits/single-module-manifests.js';
import { SINGLE_MODULE_SOURCES } from '../edits/single-module-sources.js';
import { SINGLE_MODULE } from '../../testing/layouts/single-module.js';
import { taskEnds, tasksThat } from '../../testing/workspace/nx-output.js';
import { NX_23, NX_24, type NxVersion } from '../../testing/workspace/nx-versions.js';
import { Workspace } from '../../testing/workspace/workspace.js';

jest.setTimeout(300_000);

const ROWS = [
  ...['body of a function in a shared package', 'file deleted from a shared package'],
  ...['nested go.mod takes a package away', 'file of another platform edited', 'embedded file edited'],
  ...['the only header deleted', 'comment in go.mod', 'external module that some mains use bumped'],
];
const EDITS = [...SINGLE_MODULE_SOURCES, ...SINGLE_MODULE_FILES, ...SINGLE_MODULE_MANIFESTS].filter(({ name }) =>
  ROWS.includes(name),
);

const MODES: readonly { readonly name: string; readonly nx: NxVersion; readonly legacy: boolean }[] = [
  { name: 'Nx 24', nx: NX_24, legacy: false },
  { name: 'Nx 24 with affected.legacy', nx: NX_24, legacy: true },
  { name: 'Nx 23', nx: NX_23, legacy: true },
  { name: 'Nx 23 with NX_LEGACY_AFFECTED=false', nx: NX_23, legacy: false },
];

describe.each(MODES)('nx affected -t build on $name', ({ nx, legacy }) => {
  let workspace: Workspace;
  const settings = nx.selectsTasks || legacy ? {} : { NX_LEGACY_AFFECTED: 'false' };

  beforeAll(async () => {
    const nxJson = { plugins: ['nx-gopher'], ...(nx.selectsTasks && legacy ? { affected: { legacy } } : {}) };
    workspace = await Workspace.create(SINGLE_MODULE, nx, { nxJson, pluginWorkers: false });
    await workspace.nx(['run-many', '-t', 'build']);
  });
  afterEach(() => workspace.reset());
  afterAll(() => workspace?.dispose());

  it.each(EDITS)('runs exactly what it must: $name', async (edit) => {
    edit.edit?.(workspace.root);
    const { output } = await workspace.nx(['affected', '-t', 'build', '--base=HEAD', '--nxBail=false'], settings);
    const ends = taskEnds(output);
    expect([...tasksThat('ran', ends), ...tasksThat('failed', ends)].sort()).toEqual(builds(edit.moves));
    const inVain = builds(edit.selectedInVain?.tasks ?? []);
    const cached = tasksThat('cached', ends);
    if (legacy) expect(but(inVain, cached)).toEqual([]);
    else expect(cached).toEqual(inVain);
  });

  it('keeps the declared inputs in force where Nx Cloud records what tasks read', async () => {
    const { stdout } = await workspace.nx(['show', 'project', 'services/orders', '--json']);
    const { targets } = JSON.parse(stdout) as { targets: Record<string, { ultracache?: unknown }> };
    const cached = ['build', 'test', 'vet', 'package'].map((name) => targets[name]?.ultracache);
    expect(cached).toEqual(Array(4).fill({ mode: 'warn' }));
  });

  it('selects for commits as for changes not yet committed', async () => {
    const edit = EDITS[0] as Edit;
    edit.edit?.(workspace.root);
    await workspace.commit();
    const { output } = await workspace.nx(['affected', '-t', 'build', '--base=HEAD~1', '--head=HEAD'], settings);
    await workspace.git('reset', '--quiet', '--hard', 'HEAD~1');
    const ends = taskEnds(output);
    expect(builds(edit.moves)).toEqual(expect.arrayContaining(tasksThat('cached', ends)));
    if (!legacy) expect(Object.keys(ends).sort()).toEqual(builds(edit.moves));
  });
});

function builds(tasks: readonly string[]): string[] {
  return tasks.filter((task) => task.endsWith(':build')).sort();
}
