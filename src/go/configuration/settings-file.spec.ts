import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { withSettingsFile } from './settings-file.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'nx-gopher-spec-'));
  writeFileSync(join(folder, 'env'), '# a comment\nGOFLAGS=-mod=vendor -tags=a\nGOOS=plan9\nnonsense\nGOARCH=\n');
});
afterAll(() => rmSync(folder, { recursive: true }));

it('lays the environment over what go env -w wrote, and takes an empty variable for none', () => {
  const env = { GOENV: join(folder, 'env'), GOOS: 'linux', GOFLAGS: '' };
  expect(withSettingsFile(env)).toEqual({ ...env, GOFLAGS: '-mod=vendor -tags=a' });
});

it('reads nothing where GOENV is off or names no file', () => {
  expect(withSettingsFile({ GOENV: 'off' })).toEqual({ GOENV: 'off' });
  expect(withSettingsFile({ GOENV: join(folder, 'none') })).toEqual({ GOENV: join(folder, 'none') });
});
