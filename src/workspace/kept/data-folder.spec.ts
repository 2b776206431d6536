import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, it } from '@jest/globals';

import { DataFolder } from './data-folder.js';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'nx-gopher-data-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

it('forgets what graphs are computed from, and neither what runs left nor what is of others', () => {
  const folder = new DataFolder(dir);
  for (const name of ['nx-gopher-files.json', 'nx-gopher-inference.json', 'nx-gopher-runs.json'] as const)
    folder.write(name, () => '{}');
  writeFileSync(join(dir, 'project-graph.json'), '{}');
  expect(folder.forget()).toBe(true);
  expect(readdirSync(dir).sort()).toEqual(['nx-gopher-runs.json', 'project-graph.json']);
  expect(folder.read('nx-gopher-runs.json')).toBe('{}');
  expect(folder.forget()).toBe(false);
});
