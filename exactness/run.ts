/**
 * Proves on a copy of a Go workspace that hashes and selection are exact: makes random changes, one after another,
 * and compares after each what go builds with what Nx makes of it. See docs/exactness.md.
 *
 *   npm run exactness -- --workspace <dir> --mutations 300 --seed 1
 *   npm run exactness -- --fixtures --mutations 2000
 */
import { existsSync, readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';

import { LAYOUTS } from '../testing/layouts/layouts.js';
import { KINDS } from './mutations/kinds.js';
import { parseOptions, type Options } from './options.js';
import { table } from './report/print.js';
import type { Report, RunKey } from './report/record.js';
import { Session, type SubjectSource } from './session.js';
import { copySubject } from './workspace/copy.js';
import { fixtureSubject } from './workspace/fixture.js';

async function main(): Promise<number> {
  const options = parseOptions(process.argv.slice(2));
  const sources = subjects(options);
  const run: RunKey = {
    subjects: sources.map(({ name }) => name),
    mutations: options.mutations,
    seed: options.seed,
    builds: options.builds ?? null,
    tests: options.tests ?? null,
  };
  const kinds = KINDS.filter(({ name }) => !options.without.some((start) => name.startsWith(start)));
  const session = new Session(options, run, sources, kinds, options.resume ? earlier(options, run) : undefined);
  let interrupted = false;
  const interrupt = (): void => {
    if (interrupted) process.exit(130);
    interrupted = true;
    console.error('Stopping after the mutations under way; press Ctrl-C again to stop at once.');
    session.stop();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  const report = await session.finish();
  console.log(`${table(report)}\n\n${report.seconds} s; report: ${options.report}`);
  if (interrupted) return 130;
  const { stale, missed, unequal } = report.totals;
  return stale + missed + unequal > 0 ? 1 : 0;
}

function subjects({ workspace, fixtures, prepare }: Options): SubjectSource[] {
  if (workspace !== undefined) {
    const root = resolve(workspace);
    return [{ name: basename(root), open: () => copySubject(root, prepare) }];
  }
  const unknown = fixtures?.filter((name) => !LAYOUTS.some((layout) => layout.name === name)) ?? [];
  if (unknown.length) {
    throw new Error(
      `no layout is called ${unknown.join(', ')}; there are ${LAYOUTS.map(({ name }) => name).join(', ')}`,
    );
  }
  const chosen = LAYOUTS.filter(({ name }) => !fixtures?.length || fixtures.includes(name));
  return chosen.map((layout) => ({ name: layout.name, open: () => fixtureSubject(layout) }));
}

function earlier({ report }: Options, run: RunKey): Report | undefined {
  if (!existsSync(report)) return undefined;
  const found = JSON.parse(readFileSync(report, 'utf8')) as Report;
  if (JSON.stringify(found.run) === JSON.stringify(run)) return found;
  throw new Error(`${report} is of another run (${JSON.stringify(found.run)}): give another --report, or no --resume`);
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(2);
  },
);
