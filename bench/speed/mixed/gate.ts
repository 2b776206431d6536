import { join } from 'node:path';

import { mainPrinting } from '../../../testing/layouts/layout.js';
import { installation } from '../../../testing/workspace/installation.js';
import { NX_24 } from '../../../testing/workspace/nx-versions.js';
import { taskTimes } from '../../../testing/workspace/task-times.js';
import { MODULE } from '../../../testing/generated/sources.js';
import { partResult } from '../../report/result.js';
import { PLUGIN_ONLY, type Part } from '../bench.js';
import { SpeedWorkspace } from '../speed-workspace.js';
import { sleepingTest } from './waiting.js';

const MADE = 'until the other two are made';
const TESTED = 'until the slow test ends';
const WAIT = 10;
const PROFILE = 'profile.json';

/** Three programs are packaged, one of which holds a package with a slow test. */
export const gate: Part = {
  name: 'mixed-gate',
  measure: async (bench) => {
    const installed = await installation(NX_24);
    const create = (): Promise<SpeedWorkspace> =>
      SpeedWorkspace.create('gate', { mains: 0, packages: 1, seed: 1 }, { ...PLUGIN_ONLY, ...FILES }, installed);
    const workspace = await bench.workspace('gate', create);
    await workspace.startGoCacheFrom(await bench.standard());
    const times: Record<string, number[]> = { [MADE]: [], [TESTED]: [] };
    const run = async (): Promise<void> => {
      await workspace.nxCommand(['run-many', '-t', 'package'], { NX_PROFILE: PROFILE });
      const of = taskTimes(join(workspace.root, PROFILE));
      const { start, end } = of('slow:test');
      times[TESTED]?.push((end - start) / 1000);
      times[MADE]?.push((Math.max(of('cmd/a:package').end, of('cmd/b:package').end) - start) / 1000);
    };
    const title = `3 programs packaged, a test of ${WAIT} s that one of them waits for; from the start of that test`;
    await bench.time(title, [{ name: 'nx-gopher', prepare: async () => workspace.forget(), run }], { slow: true });
    // The round that is not counted comes first.
    const seconds = Object.fromEntries(Object.entries(times).map(([name, all]) => [name, all.slice(1)]));
    return [partResult('mixed', title, seconds, [{ subject: MADE, reference: TESTED, atMost: 0.99 }])];
  },
};

const FILES = {
  'slow/slow.go': 'package slow\n\nfunc Name() string { return "slow" }\n',
  'slow/slow_test.go': sleepingTest('slow', WAIT),
  'quick/quick.go': 'package quick\n\nfunc Name() string { return "quick" }\n',
  'cmd/a/main.go': mainPrinting([`${MODULE}/quick`], 'quick.Name()'),
  'cmd/b/main.go': mainPrinting([`${MODULE}/quick`], 'quick.Name()'),
  'cmd/c/main.go': mainPrinting([`${MODULE}/slow`], 'slow.Name()'),
};
