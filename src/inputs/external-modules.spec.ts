import { expect, it } from '@jest/globals';

import { ByName } from '../by-name.js';
import type { ModuleGroup } from '../workspace/workspace.js';
import { moduleNode } from './external-modules.js';

const MONEY = { path: 'example.org/money', version: 'v1.0.0', main: false };

const group = (sum: string | undefined, vendor = false): ModuleGroup => ({
  dir: '.',
  workFile: undefined,
  env: { GOWORK: 'off' },
  modules: [],
  vendor,
  vendorListed: vendor,
  workSettings: '',
  replacements: [],
  linkedManifests: [],
  sums: new ByName(sum === undefined ? [] : [['example.org/money@v1.0.0', sum]]),
});

it('is one node for all modules of the workspace that agree', () => {
  expect(moduleNode(MONEY, group('h1:a'))).toEqual(moduleNode(MONEY, group('h1:a')));
  expect(moduleNode(MONEY, group('h1:a')).name).toMatch(/^go:example\.org\/money@v1\.0\.0#[0-9a-f]{8}$/);
});

it('is another one for a module with another sum, with none, or with vendored code', () => {
  const groups = [group('h1:a'), group('h1:b'), group(undefined), group('h1:a', true)];
  expect(new Set(groups.map((one) => moduleNode(MONEY, one).name)).size).toBe(4);
});

it('is another one for a replaced module', () => {
  const replaced = { ...MONEY, replace: { path: './money', version: '' } };
  expect(moduleNode(replaced, group('h1:a')).name).toMatch(/^go:example\.org\/money@v1\.0\.0=>\.\/money@#/);
});
