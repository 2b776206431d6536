import { partResult } from '../report/result.js';
import { cold, GOPHER, GOPHER_DAEMON, goCommand, noOp, NO_OP, type Part } from './bench.js';

/** The tests of all packages, and the checks of `go vet`; nothing cached by Nx, nor by go but the standard library. */
export const [test, vet] = [
  { target: 'test', atMost: 1.25 },
  { target: 'vet', atMost: undefined },
].map(({ target, atMost }): Part => ({
  name: target,
  async measure(bench) {
    const standard = await bench.standard();
    const title = `${target}, GOCACHE with the standard library`;
    const seconds = await bench.time(
      title,
      [
        ...(await cold(bench, target, bench.size.mains + bench.size.packages, standard)),
        await goCommand(bench, [target, './...'], standard),
        await noOp(bench),
      ],
      { slow: target === 'test' },
    );
    const reference = `go ${target}`;
    return [
      partResult(target, title, seconds, [
        { subject: GOPHER, reference, less: NO_OP, ...(atMost === undefined ? {} : { atMost }) },
        { subject: GOPHER, reference },
        { subject: GOPHER_DAEMON, reference },
      ]),
    ];
  },
})) as [Part, Part];
