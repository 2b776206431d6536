import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';

import { GO_WORK } from '../../testing/layouts/go-work.js';
import { goMod, mainPrinting } from '../../testing/layouts/layout.js';
import { measure, measureAfresh, type Settings } from '../../testing/measuring/measure.js';
import { remove, replaceText, writeFiles } from '../../testing/workspace/files.js';
import { NX_24 } from '../../testing/workspace/nx-versions.js';
import { Workspace } from '../../testing/workspace/workspace.js';

jest.setTimeout(300_000);

const DAEMON = { NX_DAEMON: 'true' };

let workspace: Workspace;
beforeAll(async () => {
  workspace = await Workspace.create(GO_WORK, NX_24);
  await workspace.nx(['daemon', '--start'], DAEMON);
});
afterAll(async () => {
  await workspace?.nx(['daemon', '--stop'], DAEMON);
  workspace?.dispose();
});

/** What is done to the workspace one after another, each on top of those before. */
const STEPS: readonly {
  readonly name: string;
  readonly edit?: (root: string) => void;
  readonly settings?: Settings;
}[] = [
  { name: 'nothing' },
  {
    name: 'an import of a package and of a module that is not there yet',
    edit: (root) =>
      writeFiles(root, {
        'api/cmd/worker/more.go':
          'package main\n\nimport (\n\t_ "example.org/core/store"\n\t_ "example.org/late/clock"\n)\n',
      }),
  },
  {
    name: 'that module',
    edit: (root) => {
      writeFiles(root, {
        'late/go.mod': goMod('example.org/late', '1.24.0'),
        'late/clock/clock.go': 'package clock\n',
      });
      replaceText(root, 'go.work', '\t./tools\n', '\t./tools\n\t./late\n');
    },
  },
  {
    name: 'a new main package and a library that it imports',
    edit: (root) =>
      writeFiles(root, {
        'api/cmd/extra/main.go': mainPrinting(['example.org/core/extra'], 'extra.Name'),
        'core/extra/extra.go': 'package extra\n\nconst Name = "extra"\n',
      }),
  },
  {
    name: 'another path of a module, which its importers do not know yet',
    edit: (root) => replaceText(root, 'core/go.mod', 'module example.org/core', 'module example.org/kernel'),
  },
  { name: 'a package deleted', edit: (root) => remove(root, 'core/store') },
  { name: 'another system in the environment', settings: { GOOS: 'windows' } },
  { name: 'a tag in the environment', settings: { GOFLAGS: '-tags=fancy' } },
  { name: 'the first environment again' },
];

it.each(STEPS)(
  'with the daemon the graph after this is that of a fresh computation: $name',
  async ({ edit, settings }) => {
    if (edit) {
      edit(workspace.root);
      await watched();
    }
    const kept = await measure(workspace, { ...DAEMON, ...settings });
    const fresh = await measureAfresh(workspace, { NX_ISOLATE_PLUGINS: 'false', ...settings });
    expect(kept.projects).toEqual(fresh.projects);
    expect(kept.edges).toEqual(fresh.edges);
    expect(kept.tasks).toEqual(fresh.tasks);
  },
);

/** The daemon hears of a change from the file system a moment later. */
function watched(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1000));
}
