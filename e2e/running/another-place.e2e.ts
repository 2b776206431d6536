import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

import { GO_WORK } from '../layouts/go-work.js';
import { HIDDEN_INPUTS } from '../layouts/hidden-inputs.js';
import type { Layout } from '../layouts/layout.js';
import { REPLACED_MODULES } from '../layouts/replaced-modules.js';
import { SINGLE_MODULE } from '../layouts/single-module.js';
import { VENDORED } from '../layouts/vendored.js';
import { measure } from '../measure/measure.js';
import { writeFiles } from '../workspace/files.js';
import { NX_24 } from '../workspace/nx-versions.js';
import { temporaryFolder } from '../workspace/temporary-folder.js';
import { Workspace } from '../workspace/workspace.js';

jest.setTimeout(300_000);

const LAYOUTS: readonly Layout[] = [SINGLE_MODULE, GO_WORK, REPLACED_MODULES, VENDORED, HIDDEN_INPUTS];

describe.each(LAYOUTS)('the layout $name in another directory, for another user', (layout) => {
  let here: Workspace;
  let there: Workspace;
  const elsewhere = { GOMODCACHE: temporaryFolder('go-modules', 'of-another-user'), USER: 'another', LANG: 'C' };

  beforeAll(async () => {
    here = await Workspace.create(layout, NX_24);
    there = await here.copy();
  });
  afterAll(() => {
    here?.dispose();
    there?.dispose();
  });

  it('has the same hashes', async () => {
    const [ours, theirs] = [await measure(here), await measure(there, elsewhere)];
    expect(theirs.tasks).toEqual(ours.tasks);
  });

  it('has the same hashes where code is broken, too', async () => {
    const main = layout.mains[0] ?? '';
    for (const { root } of [here, there]) {
      writeFiles(root, {
        [`${main}/broken.go`]:
          'package main\n\nimport (\n\t_ "embed"\n\t_ "example.org/nowhere"\n)\n\n//go:embed none.txt\nvar none string\n',
        [`${main}/platform/one_windows.go`]: 'package platform\n',
        [`${main}/syntax/error.go`]: 'package syntax\n\nimport "\n',
      });
    }
    const [ours, theirs] = [await measure(here), await measure(there, elsewhere)];
    await Promise.all([here.reset(), there.reset()]);
    expect(theirs.tasks).toEqual(ours.tasks);
  });

  it('gives the same binaries', async () => {
    const outcomes = [
      await here.nx(['run-many', '-t', 'build']),
      await there.nx(['run-many', '-t', 'build'], elsewhere),
    ];
    expect(outcomes.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
    for (const main of layout.mains) {
      const binary = `dist/${main}/${main.split('/').at(-1)}`;
      expect({ main, same: here.read(binary).equals(there.read(binary)) }).toEqual({ main, same: true });
    }
  });
});
