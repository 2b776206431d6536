import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, it } from '@jest/globals';

import { hasRemoteCache } from './remote-cache.js';

let root: string;
const noCloud = process.env['NX_NO_CLOUD'];
beforeEach(() => {
  // Nx asks its own process about it.
  delete process.env['NX_NO_CLOUD'];
  root = mkdtempSync(join(tmpdir(), 'nx-gopher-remote-'));
  writeFileSync(join(root, 'nx.json'), '{}');
});
afterEach(() => {
  rmSync(root, { recursive: true });
  if (noCloud !== undefined) process.env['NX_NO_CLOUD'] = noCloud;
});

it('has none by default', () => expect(hasRemoteCache(root, {})).toBe(false));

it('has one that the environment names', () => {
  expect(hasRemoteCache(root, { NX_SELF_HOSTED_REMOTE_CACHE_SERVER: 'http://127.0.0.1:1' })).toBe(true);
});

it('has Nx Cloud where nx.json connects to it', () => {
  writeFileSync(join(root, 'nx.json'), '{ "nxCloudId": "1" }');
  expect(hasRemoteCache(root, {})).toBe(true);
});

it('has a bucket where the package for it is installed', () => {
  const folder = join(root, 'node_modules/@nx/s3-cache');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "name": "@nx/s3-cache" }');
  expect(hasRemoteCache(root, {})).toBe(true);
});
