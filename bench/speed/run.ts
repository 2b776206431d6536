/**
 * Measures how long builds, tests, checks and restored outputs take, against the go command and against Nx without the
 * plugin, in workspaces made for it. Prints two tables, writes all figures to a JSON file.
 *
 *   npm run bench                                   all parts but `scale` and `peers`, the small workspace, five rounds
 *   npm run bench -- --only build,restore           some of them
 *   npm run bench -- --size medium --rounds 3
 *   npm run bench -- --only mixed --before old.tgz  … and against an older plugin, as packed
 *   npm run bench -- --only serve --rounds 20       from a save to the first new answer
 *   npm run bench -- --only serve-soak --saves 1000 what goes wrong in saves, kills and requests: nothing
 *   npm run bench -- --peers                        other plugins as well; downloads them from npm
 */
import { writeFileSync } from 'node:fs';

import { NX_24 } from '../../testing/workspace/nx-versions.js';
import { machine } from '../report/machine.js';
import type { PartResult } from '../report/result.js';
import { tables } from '../report/table.js';
import { SIZES } from '../../testing/generated/write-workspace.js';
import { Bench } from './bench.js';
import { benchOptions } from './options.js';

const options = benchOptions(process.argv.slice(2));
const progress = (text: string): void => void process.stderr.write(`${text}\n`);
const bench = new Bench(
  SIZES[options.size],
  options.rounds,
  progress,
  options.before,
  options.saves,
  options.repositories,
);
const results: PartResult[] = [];
try {
  for (const part of options.parts) results.push(...(await part.measure(bench)));
} finally {
  await bench.dispose();
}
const about = { machine: await machine(NX_24.nx), date: new Date().toISOString(), size: options.size };
writeFileSync(options.output, `${JSON.stringify({ ...about, workspace: SIZES[options.size], results }, null, 2)}\n`);
const { mains, packages } = SIZES[options.size];
console.log(
  `${mains} mains, ${packages} packages; ${about.machine}\n\n${tables(results)}\n\nAll figures: ${options.output}`,
);
