import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, it, jest } from '@jest/globals';

import { isIntactBinary } from './build-id.js';

jest.setTimeout(120_000);

it.each(['linux/amd64', 'linux/arm64', 'windows/amd64'])('tells a %s binary from one that was changed', (platform) => {
  const dir = mkdtempSync(join(tmpdir(), 'nx-gopher-spec-'));
  writeFileSync(join(dir, 'go.mod'), 'module example.com/m\n\ngo 1.24\n');
  writeFileSync(join(dir, 'main.go'), 'package main\n\nfunc main() {}\n');
  const [GOOS, GOARCH] = platform.split('/');
  const GOCACHE = join(tmpdir(), 'nx-gopher-spec-gocache');
  const env = {
    ...process.env,
    GOOS,
    GOARCH,
    CGO_ENABLED: '0',
    GOWORK: 'off',
    GOFLAGS: '',
    GOTOOLCHAIN: 'local',
    GOCACHE,
  };
  const binary = join(dir, 'm');
  execFileSync('go', ['build', '-o', binary], { cwd: dir, env });
  expect(isIntactBinary(binary)).toBe(true);
  const bytes = readFileSync(binary);
  bytes[bytes.length - 1000]! ^= 1;
  writeFileSync(binary, bytes);
  expect(isIntactBinary(binary)).toBe(false);
  writeFileSync(binary, 'no binary');
  expect(isIntactBinary(binary)).toBe(false);
  expect(isIntactBinary(join(dir, 'nothing'))).toBe(false);
  rmSync(dir, { recursive: true });
});
