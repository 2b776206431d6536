import { createHash } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';

import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';

import { HANDLERS } from '../../testing/layouts/handlers.js';
import { mustRun } from '../../testing/workspace/command.js';
import { environment } from '../../testing/workspace/environment.js';
import { appendText, replaceText, writeFiles } from '../../testing/workspace/files.js';
import { notRun, taskEnds, tasksThat } from '../../testing/workspace/nx-output.js';
import { NX_24 } from '../../testing/workspace/nx-versions.js';
import { Workspace } from '../../testing/workspace/workspace.js';
import { invoke } from './lambda-runtime.js';

jest.setTimeout(600_000);

const PACKAGES = ['handlers/orders', 'handlers/refunds', 'handlers/report', 'tools/clock'].map(
  (dir) => `${dir}:package`,
);
const [ORDERS, REFUNDS, REPORT, CLOCK] = [
  'dist/handlers/orders/orders.zip',
  'dist/handlers/refunds/refunds.zip',
  'dist/handlers/report/report.tar.gz',
  'dist/tools/clock/clock.image.tar',
] as const;
const FILES = [ORDERS, REFUNDS, REPORT, 'dist/handlers/report/report_checksums.txt', CLOCK];

const OPTIONS = { package: { gate: ['test', 'vet'] } };

let workspace: Workspace;
let archives: Record<string, string>;

beforeAll(async () => {
  workspace = await Workspace.create(HANDLERS, NX_24, {
    nxJson: { plugins: [{ plugin: 'nx-gopher', options: OPTIONS }] },
  });
  const proxies = `${environment()['GOPROXY']},${process.env['GOPROXY'] ?? 'https://proxy.golang.org,direct'}`;
  await mustRun('go', ['mod', 'download'], workspace.root, environment({ GOPROXY: proxies }));
});
afterAll(() => workspace?.dispose());

function contents(of: Workspace): Record<string, string> {
  return Object.fromEntries(FILES.map((file) => [file, createHash('sha256').update(of.read(file)).digest('hex')]));
}

async function output(file: string, ...args: string[]): Promise<string> {
  return (await mustRun(file, args, workspace.root, environment())).stdout;
}

it('makes every package, after builds and tests that ran side by side', async () => {
  const { output: text, exitCode } = await workspace.nx(['run-many', '-t', 'package']);
  expect(text).toContain('Successfully ran target package');
  expect(exitCode).toBe(0);
  expect(tasksThat('ran', taskEnds(text)).filter((task) => task.endsWith(':package'))).toEqual(PACKAGES);
  archives = contents(workspace);
});

it('lets builds and tests wait for nothing, and a package for no more than it holds', async () => {
  await workspace.nx(['run-many', '-t', 'package', '--graph=tasks.json']);
  const { tasks } = JSON.parse(workspace.text('tasks.json')) as {
    tasks: { dependencies: Record<string, readonly (string | { id: string })[]> };
  };
  const waits = Object.entries(tasks.dependencies).map(
    ([id, others]) => [id, others.map((other) => (typeof other === 'string' ? other : other.id)).sort()] as const,
  );
  expect(waits.filter(([id, others]) => !id.endsWith(':package') && others.length > 0)).toEqual([]);
  const [arch] = /linux-\w+/.exec(JSON.stringify(waits)) ?? [];
  expect(Object.fromEntries(waits)['handlers/orders:package']).toEqual([
    `handlers/orders:build-${arch}`,
    ...['handlers/orders:test', 'handlers/orders:vet', 'lib/price:test', 'lib/price:vet'],
  ]);
});

it('zips a Lambda function with an executable bootstrap and the files asked for', async () => {
  const lines = (await output('unzip', '-Z', ORDERS)).split('\n').slice(2, -1);
  expect(lines.map((line) => [line.slice(0, 10), line.split(' ').slice(-3).join(' ')])).toEqual([
    ['-rwxr-xr-x', '80-Jan-01 00:00 bootstrap'],
    ['-rw-r--r--', '80-Jan-01 00:00 config/limits.json'],
    ['-rw-r--r--', '80-Jan-01 00:00 legal/LICENSE'],
  ]);
});

it('answers an invocation of its event', async () => {
  mkdirSync(workspace.path('unpacked'));
  await output('unzip', '-q', REFUNDS, '-d', 'unpacked');
  const message = { messageId: 'm-1', body: 'tea', eventSource: 'aws:sqs', awsRegion: 'eu-central-1' };
  const end = await invoke(workspace.path('unpacked/bootstrap'), { Records: [message] });
  rmSync(workspace.path('unpacked'), { recursive: true });
  expect(end).toEqual({ ended: 'response', body: ['m-1 noted: tea costs 3'] });
});

it('packs a program for this machine with its licence, and writes checksums', async () => {
  expect((await output('tar', '-tzf', REPORT)).split('\n')).toEqual(['LICENSE', 'report']);
  expect(workspace.text('dist/handlers/report/report_checksums.txt')).toBe(`${archives[REPORT]}  report.tar.gz\n`);
  mkdirSync(workspace.path('unpacked'));
  await output('tar', '-xzf', REPORT, '-C', 'unpacked');
  expect(await output('unpacked/report')).toBe('everything costs 3');
  rmSync(workspace.path('unpacked'), { recursive: true });
});

it('makes an image for each platform whose digests hold', async () => {
  mkdirSync(workspace.path('unpacked'));
  await output('tar', '-xf', CLOCK, '-C', 'unpacked');
  const blob = (digest: string): Buffer => {
    const content = workspace.read(`unpacked/blobs/${digest.replace(':', '/')}`);
    expect(`sha256:${createHash('sha256').update(content).digest('hex')}`).toBe(digest);
    return content;
  };
  interface Index {
    readonly manifests: readonly { readonly digest: string; readonly platform: object }[];
  }
  const outer = JSON.parse(workspace.text('unpacked/index.json')) as Index;
  const { manifests } = JSON.parse(blob(outer.manifests[0]?.digest ?? '').toString()) as Index;
  expect(manifests.map(({ platform }) => platform)).toEqual([
    { architecture: 'amd64', os: 'linux' },
    { architecture: 'arm64', os: 'linux' },
  ]);
  for (const { digest } of manifests) {
    const manifest = JSON.parse(blob(digest).toString()) as Record<'config', { digest: string }> & {
      layers: { digest: string }[];
    };
    const config = JSON.parse(blob(manifest.config.digest).toString()) as { config: object };
    expect(config.config).toMatchObject({ User: '65532:65532', Entrypoint: ['/usr/local/bin/clock'] });
    blob(manifest.layers[0]?.digest ?? '');
  }
  rmSync(workspace.path('unpacked'), { recursive: true });
});

it('takes packages from the cache, and puts back what was deleted', async () => {
  rmSync(workspace.path('dist'), { recursive: true });
  const { output: text } = await workspace.nx(['run-many', '-t', 'package']);
  expect(tasksThat('ran', taskEnds(text))).toEqual([]);
  expect(tasksThat('cached', taskEnds(text))).toEqual(expect.arrayContaining(PACKAGES));
  expect(contents(workspace)).toEqual(archives);
});

it('makes the same bytes in another directory', async () => {
  const there = await workspace.copy();
  try {
    const { output: text, exitCode } = await there.nx(['run-many', '-t', 'package'], { TZ: 'Asia/Tokyo' });
    expect(text).toContain('Successfully ran target package');
    expect(tasksThat('ran', taskEnds(text))).toEqual(expect.arrayContaining(PACKAGES));
    expect(exitCode).toBe(0);
    expect(contents(there)).toEqual(archives);
  } finally {
    there.dispose();
  }
});

it('packages what a change reaches, and nothing else', async () => {
  replaceText(workspace.root, 'lib/audit/audit.go', 'noted', 'written down');
  const { output: text } = await workspace.nx(['affected', '-t', 'package', '--base=HEAD']);
  const packages = Object.keys(taskEnds(text)).filter((task) => task.endsWith(':package'));
  await workspace.reset();
  expect(packages).toEqual(['handlers/refunds:package']);
});

it.each([
  ['test', 'lib/audit/audit_test.go', '\nfunc TestFails(t *testing.T) { t.Fatal("the books do not balance") }\n'],
  ['vet', 'lib/audit/vetted.go', 'package audit\n\nfunc same(x int) int {\n\tx = x\n\treturn x\n}\n\nvar _ = same\n'],
])('stops a package where a %s of a library in it fails, says so, and makes the others', async (target, file, text) => {
  rmSync(workspace.path('dist'), { recursive: true });
  if (workspace.exists(file)) appendText(workspace.root, file, text);
  else writeFiles(workspace.root, { [file]: text });
  const { output: said, exitCode } = await workspace.nx(['run-many', '-t', 'package']);
  await workspace.reset();
  const ends = taskEnds(said);
  expect(exitCode).not.toBe(0);
  expect(tasksThat('failed', ends)).toEqual([`lib/audit:${target}`]);
  expect(said).toContain(`lib/audit:${target} failed, so these are not packaged: handlers/refunds:package`);
  expect(notRun(said)).toEqual(['handlers/refunds:package']);
  expect(
    Object.keys(ends)
      .filter((task) => task.endsWith(':package'))
      .sort(),
  ).toEqual(PACKAGES.filter((task) => task !== 'handlers/refunds:package'));
  expect(FILES.filter((path) => !workspace.exists(path))).toEqual([REFUNDS]);
});
