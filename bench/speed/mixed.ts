import type { Files } from '../../testing/workspace/files.js';
import { installation } from '../../testing/workspace/installation.js';
import { NX_24 } from '../../testing/workspace/nx-versions.js';
import { partResult, type PartResult } from '../report/result.js';
import type { Contestant, Seconds } from '../timing/interleave.js';
import { GOPHER, noOp, NO_OP, PLUGIN_ONLY, type Bench, type Part } from './bench.js';
import { SpeedWorkspace } from './speed-workspace.js';

/** The flags that builds have by default; what is compiled with `-trimpath`, tests without it do not find. */
const BUILD = ['build', '-trimpath', '-buildvcs=false', '-o', 'dist/', './...'];
const SAME_FLAGS = 'go build -trimpath && go test';
const PLAIN = 'go build && go test';
const LONGEST = 'the longest of the three';
const WAITING = 10;
const WAIT = 5;
const FRONT_END = 20;

/** Builds and tests in one run; then with tests that wait and a task that is not Go's. */
export const mixed: Part = {
  name: 'mixed',
  measure: async (bench) => [await compiling(bench), await waiting(bench)],
};

async function compiling(bench: Bench): Promise<PartResult> {
  const standard = await bench.standard();
  const [gopher, plain] = [await bench.gopher(), await bench.plain()];
  const { mains, packages } = bench.size;
  const goCommands = (name: string, build: readonly string[]): Contestant => ({
    name,
    prepare: async () => {
      plain.forget();
      await plain.startGoCacheFrom(standard);
    },
    run: async () => {
      await plain.go(...build);
      await plain.go('test', './...');
    },
  });
  const title = `builds and tests in one run, GOCACHE with the standard library`;
  const seconds = await bench.time(
    title,
    [
      {
        name: GOPHER,
        prepare: async () => {
          gopher.forget();
          await gopher.startGoCacheFrom(standard);
        },
        run: () => gopher.nx(['run-many', '-t', 'build', 'test'], ['ran', 2 * mains + packages]),
      },
      goCommands(SAME_FLAGS, BUILD),
      goCommands(PLAIN, ['build', '-o', 'dist/', './...']),
      await noOp(bench),
    ],
    { slow: true },
  );
  return partResult('mixed', title, seconds, [
    { subject: GOPHER, reference: SAME_FLAGS, less: NO_OP, atMost: 1.05 },
    { subject: GOPHER, reference: PLAIN, less: NO_OP },
    { subject: GOPHER, reference: SAME_FLAGS },
  ]);
}

async function waiting(bench: Bench): Promise<PartResult> {
  const installed = await installation(NX_24);
  const standard = await bench.standard();
  const create = (): Promise<SpeedWorkspace> =>
    SpeedWorkspace.create('mixed', bench.size, { ...PLUGIN_ONLY, ...waitingFiles() }, installed);
  const workspace = await bench.workspace('mixed', create);
  await workspace.startGoCacheFrom(standard);
  const builds = { name: 'go build', args: BUILD };
  const tests = { name: 'go test of what waits', args: ['test', '-count=1', './waits/...'] };
  const alone = [builds, tests].map(({ name, args }): Contestant => ({
    name,
    prepare: async () => workspace.forget(),
    run: async () => void (await workspace.go(...args)),
  }));
  const projects = 'cmd/*,waits/*,web';
  const title = `${bench.size.mains} builds, ${WAITING} tests of ${WAIT} s that wait, another task of ${FRONT_END} s; all compiled before`;
  const measured = await bench.time(
    title,
    [
      {
        name: GOPHER,
        prepare: async () => workspace.forget(),
        run: async () => {
          await workspace.nxCommand(['run-many', '-t', 'build', 'test', '-p', projects]);
        },
      },
      ...alone,
      await noOp(bench),
    ],
    { slow: true },
  );
  const seconds: Seconds = { ...measured, [LONGEST]: longest(measured, alone) };
  return partResult('mixed', title, seconds, [
    { subject: GOPHER, reference: LONGEST, less: NO_OP, atMost: 1.15 },
    { subject: GOPHER, reference: LONGEST },
  ]);
}

/** By round, the longest of the go commands and the task that is not Go's. */
function longest(seconds: Seconds, alone: readonly Contestant[]): number[] {
  const rounds = seconds[GOPHER]?.length ?? 0;
  return Array.from({ length: rounds }, (_, round) =>
    Math.max(FRONT_END, ...alone.map(({ name }) => seconds[name]?.[round] ?? 0)),
  );
}

function waitingFiles(): Files {
  const files: Record<string, string> = {
    'web/project.json': JSON.stringify({ name: 'web', targets: { build: { command: `sleep ${FRONT_END}` } } }),
  };
  for (let index = 0; index < WAITING; index++) {
    const name = `wait${index}`;
    files[`waits/${name}/${name}.go`] = `package ${name}\n`;
    files[`waits/${name}/${name}_test.go`] =
      `package ${name}\n\nimport (\n\t"testing"\n\t"time"\n)\n\n` +
      `func TestWait(t *testing.T) { time.Sleep(${WAIT} * time.Second) }\n`;
  }
  return files;
}
