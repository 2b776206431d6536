import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { execa } from 'execa';

import { goMod, source } from '../../../testing/listings/compare-listings.js';
import { replayedCommits, type CommitTasks } from './replay.js';
import { replayReport, type ReplayReport } from './replay-report.js';

const ENV = { GOOS: 'linux', GOARCH: 'amd64', CGO_ENABLED: '0', GOENV: 'off' };

let repository: string;
let root: string;

beforeEach(async () => {
  repository = realpathSync(mkdtempSync(join(tmpdir(), 'replay-')));
  // A folder of the repository, with a name that needs quoting.
  root = join(repository, 'work "space"');
  mkdirSync(root);
  await git('init', '-q');
});
afterEach(() => rmSync(repository, { recursive: true, force: true }));

async function git(...args: string[]): Promise<string> {
  const identity = ['-c', 'user.name=spec', '-c', 'user.email=spec@example.org', '-c', 'commit.gpgsign=false'];
  return (await execa('git', [...identity, ...args], { cwd: repository })).stdout;
}

/** Writes files, with undefined to delete one, and commits all. */
async function commit(files: Readonly<Record<string, string | undefined>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    const path = join(root, name);
    mkdirSync(dirname(path), { recursive: true });
    if (text === undefined) rmSync(path, { recursive: true });
    else writeFileSync(path, text);
  }
  await git('add', '-A');
  await git('commit', '-q', '--allow-empty', '-m', 'step');
}

const commits = (count = 50, moduleCache = join(repository, 'none')): AsyncGenerator<CommitTasks> =>
  replayedCommits({ root, count, moduleCache, env: { ...process.env, ...ENV } });

const report = (): Promise<ReplayReport> => replayReport(commits(), () => undefined);

/** The tasks that each commit but the first moved. */
async function moved(): Promise<string[][]> {
  const all: CommitTasks[] = [];
  for await (const one of commits()) all.push(one);
  return all.slice(1).map(({ tasks }, index) => {
    const before = new Map(all[index]?.tasks.map(({ kind, dir, digest }) => [`${kind} ${dir}`, digest]));
    const changed = tasks.filter(({ kind, dir, digest }) => before.get(`${kind} ${dir}`) !== digest);
    return changed.map(({ kind, dir }) => `${kind} ${dir}`).sort();
  });
}

const SHOP = {
  'go.mod': goMod('example.com/shop', 'require example.com/text v1.0.0', 'require example.com/other v1.0.0'),
  'cmd/api/main.go': source('main', 'example.com/shop/orders', 'net/http'),
  'cmd/job/main.go': source('main', 'example.com/shop/clock', 'example.com/text/upper'),
  'orders/orders.go': `package orders\n\nimport _ "embed"\n\n//go:embed tables/*.txt all:more\nvar _ string\n`,
  'orders/tables/a.txt': 'a',
  'orders/more/.hidden': 'x',
  'orders/orders_test.go': source('orders_test', 'testing', 'example.com/shop/clock'),
  'clock/clock.go': source('clock'),
};

describe('what a commit would have run', () => {
  it.each<[string, Readonly<Record<string, string | undefined>>, string[]]>([
    ['a body', { 'clock/clock.go': `${source('clock')}// new` }, ['build cmd/job', 'test orders']],
    ['a test', { 'orders/orders_test.go': source('orders_test', 'testing') }, ['test orders']],
    ['a document', { 'README.md': 'shop' }, []],
    ['a document next to a test', { 'orders/README.md': 'orders' }, ['test orders']],
    ['testdata', { 'orders/testdata/x/golden': '1' }, ['test orders']],
    ['an embedded file', { 'orders/tables/b.txt': 'b' }, ['build cmd/api', 'test orders']],
    ['a hidden embedded file', { 'orders/more/.hidden': 'y' }, ['build cmd/api', 'test orders']],
    ['a file of another system', { 'clock/clock_windows.go': source('clock') }, []],
    ['a comment in go.mod', { 'go.mod': `${SHOP['go.mod']}// new\n` }, []],
    ['a new main and an import', { 'cmd/x/main.go': source('main', 'example.com/shop/clock') }, ['build cmd/x']],
    ['a deleted package', { clock: undefined }, ['build cmd/job', 'test orders']],
    ['a profile', { 'cmd/api/default.pgo': 'profile' }, ['build cmd/api']],
    [
      'the go directive',
      { 'go.mod': SHOP['go.mod'].replace('go 1.24', 'go 1.25') },
      ['build cmd/api', 'build cmd/job', 'test orders'],
    ],
    [
      'a module that is imported',
      { 'go.mod': SHOP['go.mod'].replace('text v1.0.0', 'text v1.1.0') },
      ['build cmd/job'],
    ],
    ['nx.json', { 'nx.json': '{}' }, ['build cmd/api', 'build cmd/job', 'test orders']],
    [
      'names that need quoting',
      { 'clock/ö "\n.txt': '', 'clock/ö.go': source('clock') },
      ['build cmd/job', 'test orders'],
    ],
  ])('%s', async (_, files, expected) => {
    await commit(SHOP);
    await commit(files);
    expect(await moved()).toEqual([expected]);
  });

  it('modules of a go.work, one of them left out, and one that comes to be', async () => {
    await commit({
      'go.work': 'go 1.24\nuse (\n\t./a\n\t./b\n)\n',
      'a/go.mod': goMod('example.com/a'),
      'a/main.go': source('main', 'example.com/b'),
      'b/go.mod': goMod('example.com/b'),
      'b/b.go': source('b'),
      'c/go.mod': goMod('example.com/c'),
      'c/main.go': source('main'),
    });
    await commit({ 'b/b.go': `${source('b')}// new` });
    await commit({ 'c/README.md': 'c' });
    await commit({ 'b/x/go.mod': goMod('example.com/b/x'), 'b/x/main.go': source('main') });
    expect(await moved()).toEqual([['build a'], [], ['build b/x']]);
    const { commits: replayed } = await report();
    expect(replayed.map(({ byModule: { builds } }) => builds)).toEqual([1, 1, 1]);
  });

  it('a file behind a symbolic link', async () => {
    await commit({ ...SHOP, 'shared/clock.go': source('clock') });
    rmSync(join(root, 'clock/clock.go'));
    symlinkSync('../shared/clock.go', join(root, 'clock/clock.go'));
    await commit({});
    await commit({ 'shared/clock.go': `${source('clock')}// new` });
    expect(await moved()).toEqual([[], ['build cmd/job', 'test orders']]);
  });

  it('a merge, by what it changed on the branch', async () => {
    await commit(SHOP);
    await git('checkout', '-q', '-b', 'side');
    await commit({ 'clock/clock.go': `${source('clock')}// one` });
    await commit({ 'clock/clock.go': `${source('clock')}// two` });
    await git('checkout', '-q', '-');
    await git('merge', '-q', '--no-ff', '-m', 'merge', 'side');
    expect(await moved()).toEqual([['build cmd/job', 'test orders']]);
  });
});

it('sums up builds, tests and recorded seconds', async () => {
  await commit(SHOP);
  await commit({ 'clock/clock.go': `${source('clock')}// new` });
  await commit({ 'README.md': 'shop' });
  const times = new Map([
    ['build cmd/api', 2],
    ['build cmd/job', 3],
  ]);
  const { exact, byModule, all, untimed } = await replayReport(commits(), (kind, dir) => times.get(`${kind} ${dir}`));
  expect({ exact, byModule, all, untimed }).toEqual({
    exact: { builds: 1, tests: 1, seconds: 3 },
    byModule: { builds: 4, tests: 2, seconds: 10 },
    all: { builds: 4, tests: 2, seconds: 10 },
    untimed: 1,
  });
});

it('follows what downloaded modules import, and names those that are not there', async () => {
  const cache = join(repository, 'cache');
  const lower = join(cache, 'example.com/!text@v1.0.0/upper');
  mkdirSync(lower, { recursive: true });
  writeFileSync(join(lower, 'upper.go'), source('upper', 'example.com/other'));
  mkdirSync(join(cache, 'example.com/other@v1.0.0'));
  writeFileSync(join(cache, 'example.com/other@v1.0.0/other.go'), source('other'));
  const manifest = (other: string, unused: string): string =>
    goMod(
      'example.com/shop',
      'require example.com/Text v1.0.0',
      `require example.com/other ${other}`,
      `require example.com/unused ${unused}`,
    );
  await commit({ 'go.mod': manifest('v1.0.0', 'v1.0.0'), 'main.go': source('main', 'example.com/Text/upper') });
  await commit({ 'go.mod': manifest('v1.0.0', 'v1.1.0') });
  await commit({ 'go.mod': manifest('v1.1.0', 'v1.1.0') });
  await commit({ 'go.mod': manifest('v1.1.0', 'v1.2.0') });
  const { commits: replayed, unknownModules } = await replayReport(commits(50, cache), () => undefined);
  // What is not there could import the module that nothing else imports.
  expect(replayed.map(({ exact: { builds } }) => builds)).toEqual([0, 1, 1]);
  expect(unknownModules).toEqual(['example.com/other@v1.1.0']);
});

it('replays as many commits as there are, and leaves the work tree alone', async () => {
  await commit(SHOP);
  await commit({ 'README.md': 'shop' });
  writeFileSync(join(root, 'clock/clock.go'), 'not committed');
  const before = await git('status', '--porcelain');
  expect((await report()).commits).toHaveLength(1);
  expect(await git('status', '--porcelain')).toBe(before);
});

it('says what is wrong outside of a repository, and without a commit', async () => {
  await expect(report()).rejects.toThrow(/^git rev-list failed in .*HEAD/);
  rmSync(join(repository, '.git'), { recursive: true });
  await expect(report()).rejects.toThrow('not a git repository');
});
