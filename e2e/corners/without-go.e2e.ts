import { expect, it, jest } from '@jest/globals';

import { GO_WORK } from '../../testing/layouts/go-work.js';
import { HIDDEN_INPUTS } from '../../testing/layouts/hidden-inputs.js';
import { REPLACED_MODULES } from '../../testing/layouts/replaced-modules.js';
import { SINGLE_MODULE } from '../../testing/layouts/single-module.js';
import { VENDORED } from '../../testing/layouts/vendored.js';
import { measure, measureAfresh } from '../../testing/measuring/measure.js';
import { NX_24 } from '../../testing/workspace/nx-versions.js';
import { pathWithoutGo } from '../../testing/workspace/path-without-go.js';
import { Workspace } from '../../testing/workspace/workspace.js';
import { ODD_PACKAGES } from './layouts.js';

jest.setTimeout(300_000);

it.each([SINGLE_MODULE, GO_WORK, REPLACED_MODULES, VENDORED, HIDDEN_INPUTS, ODD_PACKAGES])(
  'without a go command the layout $name has the projects, edges and tasks that go list gives',
  async (layout) => {
    const workspace = await Workspace.create(layout, NX_24);
    try {
      const listed = await measure(workspace);
      const scanned = await measureAfresh(workspace, { PATH: await pathWithoutGo() });
      expect(scanned.projects).toEqual(listed.projects);
      expect(scanned.edges).toEqual(listed.edges);
      expect(Object.keys(scanned.tasks).sort()).toEqual(Object.keys(listed.tasks).sort());
    } finally {
      workspace.dispose();
    }
  },
);
