import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { partResult } from '../report/result.js';
import type { Contestant } from '../timing/interleave.js';
import { mainsThatHold, type PlannedPackage } from '../../testing/generated/plan.js';
import { GOPHER, noOp, noOpBatch, NO_OP, NO_OP_BATCH, type Part } from './bench.js';
import type { SpeedWorkspace } from './speed-workspace.js';

/** One library edited that three mains hold; all else was built before. */
export const edit: Part = {
  name: 'edit',
  async measure(bench) {
    const [gopher, plain] = [await bench.gopher(), await bench.plain()];
    const standard = await bench.standard();
    const held = mainsThatHold(plain.plan, plain.plan.leaf).map(({ dir }) => `./${dir}`);
    for (const workspace of [gopher, plain]) {
      workspace.forget();
      await workspace.startGoCacheFrom(standard);
    }
    await gopher.nx(['run-many', '-t', 'build'], ['ran', bench.size.mains]);
    const buildHeld = ['build', '-o', 'dist/', ...held];
    await plain.go(...buildHeld);
    const contestants: Contestant[] = [
      {
        name: GOPHER,
        prepare: async () => editLeaf(gopher),
        run: () => gopher.nx(['run-many', '-t', 'build'], ['ran', held.length]),
      },
      {
        name: 'go build',
        prepare: async () => editLeaf(plain),
        run: async () => void (await plain.go(...buildHeld)),
      },
      await noOp(bench),
      await noOpBatch(bench),
    ];
    const title = `build after an edit that ${held.length} of ${bench.size.mains} mains hold`;
    const seconds = await bench.time(title, contestants);
    return [
      partResult('edit', title, seconds, [
        { subject: GOPHER, reference: 'go build', less: NO_OP, atMost: 1.2 },
        { subject: GOPHER, reference: 'go build', less: NO_OP_BATCH },
        { subject: GOPHER, reference: 'go build' },
      ]),
    ];
  },
};

/** As {@link editLibrary}, of the leaf. */
export function editLeaf(workspace: SpeedWorkspace): void {
  editLibrary(workspace, workspace.plan.leaf);
}

/** Changes a constant of a library to one that it never was: nothing is left of it in any cache. */
export function editLibrary({ root }: SpeedWorkspace, { dir, name }: PlannedPackage): void {
  const file = join(root, dir, `${name}.go`);
  const text = readFileSync(file, 'utf8');
  const edited = text.replace(/^const weight = (\d+)$/m, (_, weight: string) => `const weight = ${Number(weight) + 1}`);
  if (edited === text) throw new Error(`${file} holds no weight to change`);
  writeFileSync(file, edited);
}
