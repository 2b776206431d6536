import { partResult } from '../../report/result.js';
import type { Contestant } from '../../timing/interleave.js';
import { GOPHER, noOp, NO_OP, type Part } from '../bench.js';

/** The flags that builds have by default; what is compiled with `-trimpath`, tests without it do not find. */
export const BUILD = ['build', '-trimpath', '-buildvcs=false', '-o', 'dist/', './...'];
const SAME_FLAGS = 'go build -trimpath && go test';
const PLAIN = 'go build && go test';

/** All builds and all tests in one run, nothing cached by Nx, nor by go but the standard library. */
export const cold: Part = {
  name: 'mixed-cold',
  measure: async (bench) => {
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
    const title = 'builds and tests in one run, GOCACHE with the standard library';
    const contestants = [
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
    ];
    const seconds = await bench.time(title, contestants, { slow: true });
    return [
      partResult('mixed', title, seconds, [
        { subject: GOPHER, reference: SAME_FLAGS, less: NO_OP, atMost: 1.05 },
        { subject: GOPHER, reference: PLAIN, less: NO_OP, atMost: 1.05 },
        { subject: GOPHER, reference: PLAIN },
      ]),
    ];
  },
};
