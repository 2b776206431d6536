/**
 * Holds `nx-gopher insights --replay` against the go command: checks out each commit of a repository into a work tree
 * of its own, lists it with go, and compares which tasks each commit moved.
 *
 *     npx tsx bench/replay/run.ts <repository> [commits] [GOMODCACHE]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { execa } from 'execa';

import { replayedCommits, type CommitTasks } from '../../src/insights/replay/replay.js';
import { listedCommit, type Digests } from './listed-commit.js';

const [repository = '', commits = '200', moduleCache] = process.argv.slice(2);
const root = resolve(repository);
const count = Number(commits);
const GOMODCACHE = moduleCache ?? (await execa('go', ['env', 'GOMODCACHE'])).stdout;
const env = { GOMODCACHE, GOFLAGS: '-buildvcs=false', GOWORK: '' };

function movedBetween(before: Digests, now: Digests, key: 'digest' | 'moduleDigest'): string[] {
  return [...now].flatMap(([task, digests]) => (before.get(task)?.[key] === digests[key] ? [] : [task])).sort();
}

function digestsOf({ tasks }: CommitTasks): Digests {
  return new Map(tasks.map((task) => [`${task.kind} ${task.dir}`, task]));
}

const scratch = mkdtempSync(join(tmpdir(), 'nx-gopher-replay-'));
const tree = join(scratch, 'tree');
await execa('git', ['clone', '-q', '--shared', '--no-checkout', root, tree]);
const listed: (Digests | undefined)[] = [];
const hashes = (
  await execa('git', ['rev-list', '--first-parent', `--max-count=${count + 1}`, 'HEAD'], { cwd: root })
).stdout
  .split('\n')
  .reverse();
const started = Date.now();
try {
  for (const [index, hash] of hashes.entries()) {
    await execa('git', ['checkout', '-q', '-f', '--detach', hash], { cwd: tree });
    await execa('git', ['clean', '-q', '-f', '-d', '-x'], { cwd: tree });
    listed.push(await listedCommit(tree, env));
    if (index % 20 === 0) console.error(`${index}/${hashes.length} commits listed, ${(Date.now() - started) / 1000} s`);
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
const bruteSeconds = (Date.now() - started) / 1_000;

const replayStarted = Date.now();
const replayed: Digests[] = [];
const unknown = new Set<string>();
for await (const commit of replayedCommits({ root, count, moduleCache: GOMODCACHE, env: { ...process.env, ...env } })) {
  replayed.push(digestsOf(commit));
  for (const module of commit.unknownModules) unknown.add(module);
}
const replaySeconds = (Date.now() - replayStarted) / 1_000;

let unequal = 0;
let compared = 0;
const totals = { tasks: 0, exact: 0, byModule: 0 };
for (let index = 0; index < hashes.length; index += 1) {
  const [go, own] = [listed[index], replayed[index] as Digests];
  if (!go) continue;
  const differences: string[] = [];
  const compare = (what: string, a: readonly string[], b: readonly string[]): void => {
    const onlyGo = a.filter((one) => !b.includes(one));
    const onlyOwn = b.filter((one) => !a.includes(one));
    if (onlyGo.length + onlyOwn.length > 0)
      differences.push(
        `${what}: only by go ${onlyGo.slice(0, 4)} (${onlyGo.length}), only replayed ${onlyOwn.slice(0, 4)} (${onlyOwn.length})`,
      );
  };
  compare('tasks', [...go.keys()].sort(), [...own.keys()].sort());
  const goBefore = listed[index - 1];
  if (goBefore) {
    compared += 1;
    const ownBefore = replayed[index - 1] as Digests;
    for (const key of ['digest', 'moduleDigest'] as const)
      compare(key, movedBetween(goBefore, go, key), movedBetween(ownBefore, own, key));
    totals.tasks += own.size;
    totals.exact += movedBetween(ownBefore, own, 'digest').length;
    totals.byModule += movedBetween(ownBefore, own, 'moduleDigest').length;
  }
  if (differences.length > 0) {
    unequal += 1;
    console.log(`${hashes[index]}\n  ${differences.join('\n  ')}`);
  }
}
console.log(
  `${hashes.length - 1} commits, ${compared} that go lists with the one before, ${unequal} unequal; ${totals.tasks} tasks, ${totals.exact} moved, ${totals.byModule} by modules; ` +
    `listed by go in ${bruteSeconds} s, replayed in ${replaySeconds} s; ${unknown.size} modules not downloaded.`,
);
process.exitCode = unequal > 0 ? 1 : 0;
