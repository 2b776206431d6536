import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { graphOf } from '../../testing/listings/graph-of.js';
import { Random } from '../../testing/random/random.js';

/** Damaged bytes; more of them for a search that is not part of every run. */
const FLIPS = Number(process.env['NX_GOPHER_FLIPS'] ?? 200);

const root = realpathSync(mkdtempSync(join(tmpdir(), 'nx-gopher-damage-')));
const before = { ...process.env };

beforeAll(() => {
  Object.assign(process.env, { GOFLAGS: '', GOTOOLCHAIN: 'local', GOPROXY: 'off', GOENV: 'off', GOWORK: '' });
  const files = {
    'go.mod': 'module example.com/m\n\ngo 1.24\n',
    'app/main.go': 'package main\n\nimport _ "example.com/m/lib"\n\nfunc main() {}\n',
    'lib/lib.go': 'package lib\n',
    'lib/lib_test.go': 'package lib\n\nimport _ "testing"\n',
  };
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
});
afterAll(() => {
  process.env = before;
  rmSync(root, { recursive: true });
});

function keptFiles(): string[] {
  const all = readdirSync(root, { recursive: true, encoding: 'utf8' });
  return all.filter((file) => /^\.nx\/.*nx-gopher-.*\.json$/.test(file)).map((file) => join(root, file));
}

it(`gives the fresh graph whichever byte of what is kept has changed, ${FLIPS} of them, and mends it`, async () => {
  await new Promise((done) => setTimeout(done, 300));
  const fresh = await graphOf(root);
  expect(fresh).toContain('example.com/m/lib');
  const kept = keptFiles().map((path) => ({ path, content: readFileSync(path) }));
  expect(kept.map(({ path }) => path.replace(/.*nx-gopher-/, '')).sort()).toEqual([
    'files.json',
    'inference.json',
    'listings.json',
  ]);
  const random = new Random('damage');
  for (let flip = 0; flip < FLIPS; flip++) {
    const one = random.pick(kept);
    if (!one) throw new Error('nothing is kept');
    const { path, content } = one;
    const damaged = Buffer.from(content);
    const at = random.below(damaged.length);
    damaged[at] = (damaged[at] ?? 0) ^ (1 + random.below(255));
    writeFileSync(path, damaged);
    expect({ path, at, graph: await graphOf(root) }).toEqual({ path, at, graph: fresh });
    expect({ path, at, mended: readFileSync(path).equals(content) }).toEqual({ path, at, mended: true });
  }
}, 600_000);
