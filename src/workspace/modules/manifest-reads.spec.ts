import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, expect, it } from '@jest/globals';

import type { ManifestReads } from '../../../testing/listings/manifest-reads.js';

const MODULES = Array.from({ length: 30 }, (_, index) => `m${index}`);
const MANIFESTS = ['go.work', 'go.work.sum', ...MODULES.flatMap((dir) => [`${dir}/go.mod`, `${dir}/go.sum`])].sort();

const root = realpathSync(mkdtempSync(join(tmpdir(), 'nx-gopher-reads-')));
afterAll(() => rmSync(root, { recursive: true }));

beforeAll(async () => {
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  };
  write('go.work', `go 1.24\n\nuse (\n${MODULES.map((dir) => `\t./${dir}\n`).join('')})\n`);
  write('go.work.sum', '');
  for (const [index, dir] of MODULES.entries()) {
    const next = MODULES[index + 1];
    const replace = next ? `\nreplace example.com/${next} => ../${next}\n` : '';
    write(`${dir}/go.mod`, `module example.com/${dir}\n\ngo 1.24\n${replace}`);
    write(`${dir}/go.sum`, '');
    write(`${dir}/${dir}.go`, `package ${dir}\n${next ? `\nimport _ "example.com/${next}"\n` : ''}`);
  }
  // What was just written is read again after go: it could have changed once more without another time.
  await new Promise((done) => setTimeout(done, 300));
});

/** What a computation of the graph reads and lists, in a process of its own. */
function reads(path = process.env['PATH']): ManifestReads {
  const program = fileURLToPath(new URL('../../../testing/listings/manifest-reads.ts', import.meta.url));
  const tsx = createRequire(import.meta.url).resolve('tsx');
  const settings = { GOFLAGS: '', GOTOOLCHAIN: 'local', GOPROXY: 'off', GOENV: 'off', GOWORK: '', PATH: path };
  const env = { ...process.env, ...settings, NODE_OPTIONS: '' };
  const options = { cwd: root, env, encoding: 'utf8' } as const;
  return JSON.parse(execFileSync(process.execPath, ['--import', tsx, program], options)) as ManifestReads;
}

it.each([
  ['listed by go', undefined],
  ['kept', undefined],
  ['scanned without go', 'was not found'],
])(
  'reads each manifest of a go.work of 30 modules once per graph, %s',
  (_, failure) => {
    const { opened, listings } = failure ? reads(root) : reads();
    expect([...opened].sort()).toEqual(MANIFESTS);
    const listed = { packages: MODULES.length, ...(failure ? { failure: expect.stringContaining(failure) } : {}) };
    expect(listings).toEqual([listed, listed]);
  },
  60_000,
);
