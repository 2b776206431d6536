// Converts workspaces of other plugins, and compares what their builds and tests do before and after.
import { rmSync } from 'node:fs';
import { basename, resolve } from 'node:path';

import { run } from '../../../testing/workspace/command.js';
import { environment } from '../../../testing/workspace/environment.js';
import { goTasks, outcome, type GoTask, type Outcome } from './tasks.js';
import { newCheckout, oldCheckout, type Checkout } from './workspaces.js';

/** One task before and after the conversion. */
interface Compared extends GoTask {
  readonly before: Outcome;
  readonly after: Outcome;
}

async function main(directories: readonly string[]): Promise<void> {
  if (directories.length === 0) throw new Error('Usage: npm run conversions -- <directory of a git checkout> ...');
  const rows: string[] = [];
  for (const directory of directories.map((one) => resolve(one))) rows.push(await convert(directory));
  console.log(
    ['| workspace | before | builds | binaries | tests |', '| --- | --- | --- | --- | --- |', ...rows].join('\n'),
  );
}

async function convert(directory: string): Promise<string> {
  const old = await oldCheckout(directory);
  const fresh = await newCheckout(directory);
  try {
    const tasks = await goTasks(old.root, old.peer);
    const converted = await run(
      process.execPath,
      ['node_modules/nx-gopher/dist/cli/main.js', 'convert', '--skip-package-json'],
      fresh.root,
      environment(),
    );
    console.error(`${directory}\n${converted.output}`);
    const compared: Compared[] = [];
    for (const task of tasks) {
      const [before, after] = [await outcome(old.root, task), await outcome(fresh.root, task)];
      compared.push({ ...task, before, after });
      report(compared.at(-1)!);
    }
    return row(basename(directory), old, compared);
  } finally {
    for (const { root } of process.env['NX_GOPHER_KEEP'] ? [] : [old, fresh])
      rmSync(root, { recursive: true, force: true });
  }
}

function report({ id, before, after }: Compared): void {
  const words = ({ passed }: Outcome) => (passed ? 'passes' : 'fails');
  console.error(
    `${id}: ${words(before)}, ${words(after)}; ${paths(before)} ${sameBinaries(before, after) ? '=' : '≠'} ${paths(after)}`,
  );
  for (const { passed, output } of [before, after]) if (!passed) console.error(output.replace(/^/gm, '    '));
}

function paths({ binaries }: Outcome): string {
  return Object.keys(binaries).sort().join(', ') || '-';
}

function sameBinaries(before: Outcome, after: Outcome): boolean {
  return (
    JSON.stringify(Object.entries(before.binaries).sort()) === JSON.stringify(Object.entries(after.binaries).sort())
  );
}

function row(name: string, { peer, peerVersion, nxVersion }: Checkout, compared: readonly Compared[]): string {
  const of = (kind: GoTask['kind']) => compared.filter((task) => task.kind === kind);
  const ends = (tasks: readonly Compared[]) => {
    const same = tasks.filter(({ before, after }) => before.passed === after.passed);
    return `${same.length} of ${tasks.length} end alike, ${same.filter(({ before }) => before.passed).length} pass`;
  };
  const made = compared.filter(({ before }) => Object.keys(before.binaries).length > 0);
  const alike = made.filter(({ before, after }) => sameBinaries(before, after));
  const binaries = `${alike.length} of ${made.length} alike in path and bytes`;
  return `| ${name} | ${peer} ${peerVersion}, Nx ${nxVersion} | ${ends(of('build'))} | ${binaries} | ${ends(of('test'))} |`;
}

await main(process.argv.slice(2));
