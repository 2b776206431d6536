import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, join } from 'node:path';

import { afterAll, beforeAll, expect, test } from '@jest/globals';

import { arrange } from '../discover.js';
import { loadWorkspace } from '../load.js';
import { graphOf } from '../../../testing/listings/graph-of.js';
import { RandomEdits } from '../../../testing/listings/random-edits.js';

/** Edits per seed; more of both for a search that is not part of every run. */
const EDITS = Number(process.env['NX_GOPHER_EDITS'] ?? 25);
const SEEDS = (process.env['NX_GOPHER_SEEDS'] ?? '1,2').split(',').map(Number);

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'nx-gopher-incremental-')));
const log = join(folder, 'go-calls');
const before = { ...process.env };

beforeAll(() => {
  const real = (process.env['PATH'] ?? '').split(delimiter);
  writeFileSync(join(folder, 'go'), `#!/bin/sh\necho "$@" >> '${log}'\nPATH='${real.join(delimiter)}' exec go "$@"\n`);
  chmodSync(join(folder, 'go'), 0o755);
  const settings = { GOFLAGS: '', GOTOOLCHAIN: 'local', GOPROXY: 'off', GOENV: 'off', GOWORK: '' };
  Object.assign(process.env, settings, { PATH: [folder, ...real].join(delimiter) });
});

afterAll(() => {
  process.env = before;
  rmSync(folder, { recursive: true, force: true });
});

// Windows runs no shell script in place of the go command.
const unlessWindows = process.platform === 'win32' ? test.skip : test;

unlessWindows.each(SEEDS)(
  'after each of many random edits the listing is what listing everything gives, seed %d',
  async (seed) => {
    const root = join(folder, `seed-${seed}`);
    mkdirSync(root);
    const edits = new RandomEdits(root, seed);
    // Inputs name each package, or leave them to the edges between projects.
    const nxJson = seed % 2 === 0 ? {} : { namedInputs: { goSources: [] } };
    let partial = 0;
    let isBroken = false;
    for (let step = 0; step < EDITS; step++) {
      const edit = step === 0 ? 'nothing' : edits.step(isBroken);
      const listings = await list(root, edits);
      partial += wasPartial() ? 1 : 0;
      const graph = await graphOf(root, edits.files(), nxJson);
      rmSync(log, { force: true });
      renameSync(join(root, '.nx'), `${root}-kept`);
      const freshListings = await list(root, edits);
      expect(wasPartial()).toBe(false);
      const fresh = await graphOf(root, edits.files(), nxJson);
      rmSync(join(root, '.nx'), { recursive: true });
      renameSync(`${root}-kept`, join(root, '.nx'));
      isBroken = /"(testErrors|errors)":\[\{|"failure"/.test(JSON.stringify(freshListings));
      if (!isBroken) edits.remember();
      expect({ seed, step, edit, listings }).toEqual({ seed, step, edit, listings: freshListings });
      // Byte for byte: not even the order of anything may tell how the graph came about.
      expect({ seed, step, edit, graph }).toEqual({ seed, step, edit, graph: fresh });
    }
    // The edits are such that many do more harm than a listing of single packages can tell.
    expect(partial).toBeGreaterThan(EDITS / 10);
  },
  EDITS * 60_000,
);

/**
 * The listings of all groups, as a computation of the graph makes them; of embedded files no list is kept up to date.
 */
async function list(root: string, edits: RandomEdits): Promise<unknown> {
  const files = edits.files();
  const manifests = files.filter((file) => basename(file) === 'go.mod');
  const sources = files.filter((file) => /\.(go|s|h|c)$/.test(file));
  const workspace = loadWorkspace(root, arrange(manifests, sources, { include: [], exclude: [] }), manifests);
  const listings = await Promise.all(workspace.groups.map((group) => workspace.list(group, {})));
  workspace.save();
  return Object.fromEntries(
    listings.map(({ packages, ...listing }, index) => [
      workspace.groups[index]?.dir,
      {
        ...listing,
        packages: Object.fromEntries(
          [...packages].map(([path, pkg]) => [path, { ...pkg, embedFiles: [], testEmbedFiles: [] }]),
        ),
      },
    ]),
  );
}

/**
 * Whether since the last time this was asked go listed something without a look at its settings, which comes first
 * where all is listed.
 */
function wasPartial(): boolean {
  const calls = existsSync(log) ? readFileSync(log, 'utf8').split('\n') : [];
  rmSync(log, { force: true });
  const count = (prefix: string): number => calls.filter((call) => call.startsWith(prefix)).length;
  return count('list ') > count('env -json');
}
