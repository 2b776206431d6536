import { existsSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

import { goMod, mainPrinting, type Layout } from '../../testing/layouts/layout.js';
import { mustRun, run } from '../../testing/workspace/command.js';
import { Random } from '../../testing/random/random.js';
import { replaceText, writeFiles } from '../../testing/workspace/files.js';
import { pathWithTools } from '../../testing/workspace/go-tools.js';
import { writeDatabase, type Vulnerability } from '../../testing/workspace/govulncheck.js';
import { taskEnds } from '../../testing/workspace/nx-output.js';
import { NX_24 } from '../../testing/workspace/nx-versions.js';
import { Workspace } from '../../testing/workspace/workspace.js';

const LAYOUT: Layout = {
  name: 'vulnerable',
  mains: ['cmd/pay', 'cmd/clean'],
  tests: [],
  files: {
    'go.mod': goMod('example.org/shop', '1.24', ['example.org/ledger v1.0.0']),
    'cmd/pay/main.go': mainPrinting(['example.org/ledger'], 'ledger.Version()'),
    'cmd/clean/main.go': mainPrinting([], '"clean"'),
    'accepted.json': '[]\n',
  },
  prepare: [{ cwd: '.', args: ['mod', 'tidy'] }],
};
const LEDGER: Vulnerability = {
  id: 'GO-2026-0001',
  module: 'example.org/ledger',
  symbols: ['Version'],
  fixed: '1.1.0',
};
const OTHER: Vulnerability = { id: 'GO-2026-0002', module: 'example.org/letters', symbols: ['Version'] };
const OPTIONS = { vuln: { database: 'vulndb', allow: 'accepted.json', reports: ['json', 'sarif', 'openvex'] } };

/** How many states the test of stale answers goes through. */
const MUTATIONS = Number(process.env['NX_GOPHER_VULN_MUTATIONS'] ?? 3);
jest.setTimeout(600_000 + MUTATIONS * 30_000);

function nxJson(options: object): string {
  return JSON.stringify({ plugins: [{ plugin: 'nx-gopher', options: { vuln: options } }] });
}

let workspace: Workspace;
let PATH: string;

beforeAll(async () => {
  PATH = await pathWithTools('govulncheck');
  workspace = await Workspace.create(LAYOUT, NX_24, {
    nxJson: { plugins: [{ plugin: 'nx-gopher', options: OPTIONS }] },
  });
  database('2026-01-01', LEDGER, OTHER);
});
afterAll(() => workspace?.dispose());

function database(day: string, ...vulnerabilities: Vulnerability[]): void {
  rmSync(workspace.path('vulndb'), { recursive: true, force: true });
  writeDatabase(workspace.path('vulndb'), `${day}T00:00:00Z`, vulnerabilities);
}

async function vuln(path = PATH): Promise<{ output: string; ends: Record<string, string> }> {
  const { output } = await workspace.nx(['run-many', '-t', 'vuln'], { PATH: path });
  return { output, ends: taskEnds(output) };
}

interface State {
  readonly isCalled: boolean;
  readonly text: number;
  readonly version: string;
  readonly day: number;
  readonly fixed: string | undefined;
  readonly isKnown: boolean;
}

async function become({ isCalled, text, version, day, fixed, isKnown }: State): Promise<void> {
  const { root } = workspace;
  const shown = isCalled ? 'ledger.Version()' : 'ledger.Other';
  writeFiles(root, {
    'go.mod': goMod('example.org/shop', '1.24', [`example.org/ledger ${version}`]),
    'cmd/pay/main.go': mainPrinting(['example.org/ledger'], shown, `"${text}"`).replace(
      'os.Stdout.WriteString(ledger.Other + "\\n")',
      '_ = ledger.Version',
    ),
  });
  await mustRun('go', ['mod', 'tidy'], root, workspace.environment());
  const { id, module, symbols } = LEDGER;
  database(`2026-02-0${day}`, OTHER, ...(isKnown ? [{ id, module, symbols, ...(fixed ? { fixed } : {}) }] : []));
}

const accept = (entry: object): void => writeFiles(workspace.root, { 'accepted.json': JSON.stringify([entry]) });

it('finds what the binary holds, for each program, with one summary', async () => {
  const { output, ends } = await vuln();
  expect(ends).toMatchObject({ 'cmd/pay:vuln': 'failed', 'cmd/clean:vuln': 'ran' });
  expect(output).toContain('Found in: example.org/ledger@v1.0.0');
  expect(output.match(/^govulncheck: .*$/gm)).toEqual(['govulncheck: 2 programs checked, vulnerabilities to mend: 1']);
  expect(output).toContain('  GO-2026-0001: cmd/pay\n');
  expect((await vuln()).ends).toMatchObject({ 'cmd/pay:vuln': 'failed', 'cmd/clean:vuln': 'cached' });
});

it('accepts for a while what is listed, and writes reports, which come from the cache', async () => {
  accept({ id: LEDGER.id, reason: 'only printed', until: '2999-12-31' });
  const { output, ends } = await vuln();
  expect(ends).toMatchObject({ 'cmd/pay:vuln': 'ran' });
  expect(output).toContain('  GO-2026-0001 in cmd/pay is accepted until 2999-12-31: only printed\n');
  const reports = 'vulnerabilities/cmd/pay/govulncheck';
  expect(workspace.text(`${reports}.json`)).toContain('"osv": "GO-2026-0001"');
  expect(JSON.parse(workspace.text(`${reports}.sarif`))).toMatchObject({ version: '2.1.0' });
  expect(workspace.text(`${reports}.openvex.json`)).toContain('"name": "GO-2026-0001"');
  rmSync(workspace.path('vulnerabilities'), { recursive: true });
  expect((await vuln()).ends).toMatchObject({ 'cmd/pay:vuln': 'cached', 'cmd/clean:vuln': 'cached' });
  expect(workspace.exists(`${reports}.sarif`)).toBe(true);
});

it('runs again when the database has moved, and builds nothing for it', async () => {
  database('2026-01-02', LEDGER, OTHER);
  const moved = await vuln();
  expect(moved.ends).toEqual({
    'cmd/pay:build': 'cached',
    'cmd/clean:build': 'cached',
    'cmd/pay:vuln': 'ran',
    'cmd/clean:vuln': 'ran',
  });
  // An entry edited by hand, under the same time.
  database('2026-01-02', LEDGER, OTHER, { ...LEDGER, id: 'GO-2026-0003' });
  expect((await vuln()).ends).toMatchObject({ 'cmd/pay:vuln': 'failed', 'cmd/clean:vuln': 'ran' });
  database('2026-01-02', LEDGER, OTHER);
  expect((await vuln()).ends).toMatchObject({ 'cmd/pay:vuln': 'cached', 'cmd/clean:vuln': 'cached' });
});

it('fails where an entry has expired, or is wrong, and names it', async () => {
  accept({ id: LEDGER.id, reason: 'only printed', until: '2026-01-31' });
  const { output, ends } = await vuln();
  expect(ends).toMatchObject({ 'cmd/pay:vuln': 'failed', 'cmd/clean:vuln': 'ran' });
  expect(output).toContain('GO-2026-0001 was accepted until 2026-01-31.');
  accept({ id: LEDGER.id, reason: '', until: '2026-02-30' });
  expect((await vuln()).output).toContain('accepted.json: entry 1 (GO-2026-0001) has no reason.');
});

it('passes once the module is mended, and says which entries nothing needs', async () => {
  accept({ id: LEDGER.id, reason: 'only printed', until: '2999-12-31' });
  replaceText(workspace.root, 'go.mod', 'ledger v1.0.0', 'ledger v1.1.0');
  await mustRun('go', ['mod', 'tidy'], workspace.root, workspace.environment());
  const { output, ends } = await vuln();
  expect(ends).toMatchObject({ 'cmd/pay:build': 'ran', 'cmd/pay:vuln': 'ran', 'cmd/clean:build': 'cached' });
  expect(output).toContain('accepted.json accepts GO-2026-0001, which none of these programs has');
});

it('gives no stale answer, whatever changes', async () => {
  writeFiles(workspace.root, { 'accepted.json': '[]' });
  const random = new Random(16);
  const counts = { ran: 0, cached: 0, failed: 0 };
  for (let left = MUTATIONS; left > 0; left--) {
    const state = {
      isCalled: random.below(4) > 0,
      text: random.below(3),
      version: `v1.${random.below(2)}.0`,
      day: 1 + random.below(3),
      fixed: ['1.1.0', '1.2.0', undefined][random.below(3)],
      isKnown: random.below(4) > 0,
    };
    await become(state);
    const affected = state.isCalled && state.isKnown && !(state.fixed === '1.1.0' && state.version === 'v1.1.0');
    const { output, ends } = await vuln();
    const end = ends['cmd/pay:vuln'] as keyof typeof counts;
    expect({ ...state, isAffected: end === 'failed' }).toEqual({ ...state, isAffected: affected });
    expect(output.includes('Found in: example.org/ledger@' + state.version)).toBe(affected);
    counts[end]++;
  }
  process.stderr.write(`mutations: ${JSON.stringify(counts)}\n`);
  expect(counts.ran + counts.cached + counts.failed).toBe(MUTATIONS);
});

it('gives no answer from the cache where the database or the tool is missing, and says how to get it', async () => {
  await become({ isCalled: false, text: 0, version: 'v1.0.0', day: 9, fixed: undefined, isKnown: false });
  expect((await vuln()).ends).toMatchObject({ 'cmd/pay:vuln': 'ran', 'cmd/clean:vuln': 'ran' });
  expect((await vuln()).ends).toMatchObject({ 'cmd/pay:vuln': 'cached', 'cmd/clean:vuln': 'cached' });
  const without = await vuln(process.env['PATH']);
  expect(without.ends).toMatchObject({ 'cmd/pay:vuln': 'failed', 'cmd/clean:vuln': 'failed' });
  expect(without.output).toContain('go get -tool golang.org/x/vuln/cmd/govulncheck@latest');
  writeFiles(workspace.root, { 'vulndb/index/modules.json': '[{"path"' });
  expect((await vuln()).output).toContain('govulncheck could not check dist/cmd/pay/pay with the database file://');
  rmSync(workspace.path('vulndb'), { recursive: true });
  expect((await vuln()).ends).toMatchObject({ 'cmd/pay:vuln': 'failed', 'cmd/clean:vuln': 'failed' });
});

describe('in sources', () => {
  beforeAll(async () => {
    await workspace.reset();
    writeFiles(workspace.root, { 'nx.json': nxJson({ ...OPTIONS.vuln, mode: 'source' }) });
    database('2026-01-01', LEDGER, OTHER);
  });

  it('shows how the code is called, builds nothing, and takes the answer from the cache', async () => {
    const { output, ends } = await vuln();
    expect(ends).toEqual({ 'cmd/pay:vuln': 'failed', 'cmd/clean:vuln': 'ran' });
    expect(output).toMatch(/main @ example\.org\/shop\/cmd\/pay\/main\.go:\d+:\d+\n +Version @ example\.org\/ledger/);
    accept({ id: LEDGER.id, reason: 'only printed', until: '2999-12-31' });
    expect((await vuln()).ends).toEqual({ 'cmd/pay:vuln': 'ran', 'cmd/clean:vuln': 'ran' });
    expect((await vuln()).ends).toEqual({ 'cmd/pay:vuln': 'cached', 'cmd/clean:vuln': 'cached' });
    replaceText(workspace.root, 'cmd/clean/main.go', '"clean"', '"cleaner"');
    expect((await vuln()).ends).toEqual({ 'cmd/pay:vuln': 'cached', 'cmd/clean:vuln': 'ran' });
    database('2026-01-02', LEDGER, OTHER);
    expect((await vuln()).ends).toEqual({ 'cmd/pay:vuln': 'ran', 'cmd/clean:vuln': 'ran' });
  });

  it('merges all reports into one of each format', async () => {
    const report = async (...args: string[]) => {
      const cli = workspace.path('node_modules/nx-gopher/dist/cli/main.js');
      return run(process.execPath, [cli, 'vuln-report', ...args], workspace.root, workspace.environment({ PATH }));
    };
    const accepted = await report();
    expect(accepted).toMatchObject({ exitCode: 0 });
    expect(accepted.output).toContain('2 programs, vulnerabilities to mend: 0\nWritten to vulnerabilities/total.');
    expect(workspace.text('vulnerabilities/total/govulncheck.json')).toContain('"osv": "GO-2026-0001"');
    const sarif = JSON.parse(workspace.text('vulnerabilities/total/govulncheck.sarif')) as { runs: { results?: [] }[] };
    expect(sarif.runs).toHaveLength(1);
    expect(sarif.runs[0]?.results ?? []).toEqual([]);
    writeFiles(workspace.root, { 'accepted.json': '[]' });
    const found = await report('--format', 'openvex,sarif', '--output', 'dist/vex');
    expect(found).toMatchObject({ exitCode: 1 });
    expect(found.output).toContain('vulnerabilities to mend: 1\n  GO-2026-0001: cmd/pay\nWritten to dist/vex.');
    expect(workspace.text('dist/vex/govulncheck.sarif')).toContain('GO-2026-0001');
    expect(workspace.text('dist/vex/govulncheck.openvex.json')).toContain('"name": "GO-2026-0001"');
    expect((await report('--format', 'xml')).output).toContain('There is no format "xml".');
  });
});

it('asks a database on the net when it has changed, and never takes an old answer for one that is gone', async () => {
  await workspace.reset();
  database('2026-01-01', OTHER);
  const server = createServer((request, response) => {
    const url = request.url ?? '';
    // As vuln.go.dev has them: each file packed, too.
    const path = workspace.path('vulndb', url.replace(/\.gz$/, ''));
    if (!existsSync(path)) response.writeHead(404).end();
    else response.end(url.endsWith('.gz') ? gzipSync(readFileSync(path)) : readFileSync(path));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  writeFiles(workspace.root, { 'nx.json': nxJson({ database: url }) });
  try {
    expect((await vuln()).ends).toMatchObject({ 'cmd/pay:vuln': 'ran' });
    expect((await vuln()).ends).toMatchObject({ 'cmd/pay:vuln': 'cached' });
    database('2026-01-02', LEDGER);
    expect((await vuln()).ends).toMatchObject({ 'cmd/pay:vuln': 'failed' });
    database('2026-01-03', OTHER);
    expect((await vuln()).ends).toMatchObject({ 'cmd/pay:vuln': 'ran' });
  } finally {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  }
  const { output, ends } = await vuln();
  expect(ends).toMatchObject({ 'cmd/pay:vuln': 'failed', 'cmd/clean:vuln': 'failed' });
  expect(output).toContain(`govulncheck could not check dist/cmd/pay/pay with the database ${url}`);
});
