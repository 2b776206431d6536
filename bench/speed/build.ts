import { partResult } from '../report/result.js';
import { cold, GOPHER, GOPHER_DAEMON, goCommand, noOp, NO_OP, type Part } from './bench.js';

const BUILD_ALL = ['build', '-o', 'dist/', './...'];
const BARS = [
  { subject: GOPHER, reference: 'go build', less: NO_OP, atMost: 1.2 },
  { subject: GOPHER, reference: 'go build' },
  { subject: GOPHER_DAEMON, reference: 'go build' },
];

/** All mains from sources, nothing cached by Nx. */
export const build: Part = {
  name: 'build',
  async measure(bench) {
    const { mains } = bench.size;
    const standard = await bench.standard();
    const title = 'build, GOCACHE with the standard library';
    const coldCache = await bench.time(title, [
      ...(await cold(bench, 'build', mains, standard)),
      await goCommand(bench, BUILD_ALL, standard),
      await noOp(bench),
    ]);
    // What was just built is in GOCACHE now: only the links are left.
    const warmTitle = 'build, all packages in GOCACHE';
    const warmCache = await bench.time(warmTitle, [
      ...(await cold(bench, 'build', mains)),
      await goCommand(bench, BUILD_ALL),
      await noOp(bench),
    ]);
    return [partResult('build', title, coldCache, BARS), partResult('build', warmTitle, warmCache, BARS)];
  },
};
