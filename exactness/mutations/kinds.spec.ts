import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { LAYOUTS } from '../../testing/layouts/layouts.js';
import type { Layout } from '../../testing/layouts/layout.js';
import { writeFiles } from '../../testing/workspace/files.js';
import { Random } from '../../testing/random/random.js';
import { MutableWorkspace } from '../workspace/mutable-workspace.js';
import { listFiles } from '../workspace/scan.js';
import type { Applied, Kind } from './kind.js';
import { KINDS } from './kinds.js';

/** Kinds that need the go command, or what an earlier mutation has made. */
const WITHOUT_A_PLACE = [
  'external module replaced by a directory',
  'module version changed',
  'modules vendored',
  'modules.txt changed',
  'target of a link changed',
  'vendor directory deleted',
  'vendored file added',
  'vendored file deleted',
  'vendored source changed',
];

/** More than one seed: a kind may draw a place that does not fit. */
const PLACES = ['1', '2', '3'].flatMap((seed) => LAYOUTS.map((layout) => ({ layout, seed })));

describe('KINDS', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'kinds-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  interface Made {
    readonly applied: Applied | undefined;
    readonly recorded: readonly string[];
    readonly contents: Readonly<Record<string, string>>;
  }

  async function make(kind: Kind, layout: Layout, seed: string, name: string): Promise<Made> {
    const root = join(folder, layout.name, seed, name);
    writeFiles(root, { 'package-lock.json': '{\n  "version": "1.0.0"\n}\n', ...layout.files });
    const noGo = () => Promise.resolve({ exitCode: 1, stdout: '', stderr: '', output: '' });
    const workspace = new MutableWorkspace(root, 7, {}, noGo, new Map());
    const applied = await kind.apply(new Random(seed), workspace);
    const contents = listFiles(root).map((file) => [file, readFileSync(join(root, file), 'utf8')]);
    return { applied, recorded: workspace.changed, contents: Object.fromEntries(contents) };
  }

  const withPlace = KINDS.filter(({ name }) => !WITHOUT_A_PLACE.includes(name));

  it.each(withPlace)('$name: finds a place, records all it changes, and does the same again', async (kind) => {
    for (const { layout, seed } of PLACES) {
      const one = await make(kind, layout, seed, 'one');
      const before = { 'package-lock.json': '{\n  "version": "1.0.0"\n}\n', ...layout.files };
      const all = Object.keys({ ...before, ...one.contents });
      const changed = all.filter((file) => before[file as keyof typeof before] !== one.contents[file]);
      expect(changed.filter((file) => !one.recorded.includes(file))).toEqual([]);
      if (!one.applied) expect(one.recorded).toEqual([]);
      else {
        expect(await make(kind, layout, seed, 'other')).toEqual(one);
        return;
      }
    }
    throw new Error('it applies to no layout');
  });

  it('have names of their own', () => {
    expect(new Set(KINDS.map(({ name }) => name)).size).toBe(KINDS.length);
  });
});
