import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeEach, expect, it } from '@jest/globals';

import { ByName } from '../by-name.js';
import { DataFolder } from '../workspace/kept/data-folder.js';
import type { LoadedWorkspace } from '../workspace/load.js';
import { Manifests } from '../workspace/modules/manifests.js';
import type { GroupListing, ModuleGroup } from '../workspace/workspace.js';

import { keptInference, type Inference } from './kept-inference.js';

const temporary = mkdtempSync(join(tmpdir(), 'nx-gopher-kept-'));
const file = join(temporary, 'nx-gopher-inference.json');
afterAll(() => rmSync(temporary, { recursive: true }));
beforeEach(() => rmSync(file, { force: true }));

const group = { dir: '.', modules: [] } as Partial<ModuleGroup> as ModuleGroup;

/** A workspace of which the listing of any directories has the key `listed`. */
function workspace(listed: string, key = 'environment'): LoadedWorkspace {
  return {
    key,
    folder: new DataFolder(temporary),
    root: temporary,
    groups: [group],
    workDirs: [],
    generators: new ByName([]),
    linterFiles: [],
    manifests: new Manifests(temporary),
    list: () => Promise.resolve({ key: listed, packages: {} } as Partial<GroupListing> as GroupListing),
    save: () => undefined,
  };
}

let inferred = 0;
/** Infers from a listing, and counts. */
async function infer(listing: LoadedWorkspace): Promise<Inference> {
  inferred++;
  const { key } = await listing.list(group, { goos: 'linux' }, ['cmd/näme']);
  return { configurations: [['cmd/näme', { root: 'cmd/näme', name: key }]], externalNodes: {}, clashes: [] };
}

async function countOf(from: LoadedWorkspace, given: unknown = 'options'): Promise<[count: number, found: Inference]> {
  inferred = 0;
  const found = await keptInference(from, given, infer);
  return [inferred, found];
}

it('infers once from the same', async () => {
  const [count, first] = await countOf(workspace('a'));
  expect(count).toBe(1);
  expect(await countOf(workspace('a'))).toEqual([0, first]);
});

it.each([
  ['another listing', workspace('b'), 'options'],
  ['another environment', workspace('a', 'another environment'), 'options'],
  ['what else it is given', workspace('a'), 'other options'],
])('infers again from %s', async (_, from, given) => {
  await countOf(workspace('a'));
  const [count, found] = await countOf(from, given);
  expect(count).toBe(1);
  expect(found.configurations[0]?.[1].name).toBe((await from.list(group, {})).key);
});

it.each(['', 'no JSON\n{}', '{}'])('infers again where the file holds %j', async (text) => {
  writeFileSync(file, text);
  expect((await countOf(workspace('a')))[0]).toBe(1);
});

it('infers again where the file was cut off', async () => {
  await countOf(workspace('a'));
  writeFileSync(file, readFileSync(file).subarray(0, -3));
  expect((await countOf(workspace('a')))[0]).toBe(1);
});
