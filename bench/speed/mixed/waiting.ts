import { planWorkspace, type WorkspaceSize } from '../../../testing/generated/plan.js';
import type { Files } from '../../../testing/workspace/files.js';
import { installation } from '../../../testing/workspace/installation.js';
import { NX_24 } from '../../../testing/workspace/nx-versions.js';
import { partResult } from '../../report/result.js';
import type { Contestant, Seconds } from '../../timing/interleave.js';
import { GOPHER, noOp, NO_OP, PLUGIN_ONLY, type Part } from '../bench.js';
import { SpeedWorkspace } from '../speed-workspace.js';
import { BUILD } from './cold.js';

const LONGEST = 'the longest of the three';
const WAITING = 10;
const WAIT = 5;
const FRONT_END = 20;

/** Builds, tests that wait, and a task that is not Go's, in one run; all was compiled before. */
export const waiting: Part = {
  name: 'mixed-waiting',
  measure: async (bench) => {
    const installed = await installation(NX_24);
    const create = (): Promise<SpeedWorkspace> =>
      SpeedWorkspace.create('waiting', bench.size, { ...PLUGIN_ONLY, ...waitingFiles(bench.size) }, installed);
    const workspace = await bench.workspace('waiting', create);
    await workspace.startGoCacheFrom(await bench.standard());
    const prepare = async (): Promise<void> => workspace.forget();
    const builds = { name: 'go build', args: BUILD };
    const tests = { name: 'go test of what waits', args: ['test', '-count=1', './waits/...'] };
    const alone = [builds, tests].map(({ name, args }): Contestant => ({
      name,
      prepare,
      run: async () => void (await workspace.go(...args)),
    }));
    const { mains } = bench.size;
    const together: Contestant = {
      name: GOPHER,
      prepare,
      run: () => workspace.nx(['run-many', '-t', 'everything'], ['ran', mains + WAITING + 1]),
    };
    const title = `${mains} builds, ${WAITING} tests that wait ${WAIT} s, another task of ${FRONT_END} s; all compiled before`;
    const measured = await bench.time(title, [together, ...alone, await noOp(bench)], { slow: true });
    const seconds: Seconds = { ...measured, [LONGEST]: longest(measured, alone) };
    return [
      partResult('mixed', title, seconds, [
        { subject: GOPHER, reference: LONGEST, less: NO_OP, atMost: 1.15 },
        { subject: GOPHER, reference: LONGEST },
      ]),
    ];
  },
};

/** By round, the longest of the go commands and the task that is not Go's. */
function longest(seconds: Seconds, alone: readonly Contestant[]): number[] {
  const rounds = seconds[GOPHER]?.length ?? 0;
  return Array.from({ length: rounds }, (_, round) =>
    Math.max(FRONT_END, ...alone.map(({ name }) => seconds[name]?.[round] ?? 0)),
  );
}

/** The target `everything` waits for the three: the tests of the programs are to take no part. */
function waitingFiles(size: WorkspaceSize): Files {
  const waits = Array.from({ length: WAITING }, (_, index) => `waits/wait${index}`);
  const dependsOn = [
    { target: 'build', projects: [...planWorkspace(size).mains.map(({ dir }) => dir), 'web'] },
    { target: 'test', projects: waits },
  ];
  const build = { command: `sleep ${FRONT_END}` };
  const everything = { executor: 'nx:noop', dependsOn };
  return {
    'web/project.json': JSON.stringify({ name: 'web', targets: { build, everything } }),
    ...Object.fromEntries(
      waits.flatMap((dir) => [
        [`${dir}/wait.go`, 'package wait\n'],
        [`${dir}/wait_test.go`, sleepingTest('wait', WAIT)],
      ]),
    ),
  };
}

/** A test that does nothing for so many seconds. */
export function sleepingTest(packageName: string, seconds: number): string {
  return (
    `package ${packageName}\n\nimport (\n\t"testing"\n\t"time"\n)\n\n` +
    `func TestWait(*testing.T) { time.Sleep(${seconds} * time.Second) }\n`
  );
}
