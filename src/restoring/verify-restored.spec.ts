import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { TargetConfiguration } from '@nx/devkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';

import { GoWorkspace } from '../../testing/executors/go-workspace.js';
import { isDamaged } from './verify-restored.js';

jest.setTimeout(120_000);

const OUTPUT = 'dist/app/app';

describe('a build that a cache answered', () => {
  let workspace: GoWorkspace;
  let binary: Buffer;
  beforeAll(async () => {
    workspace = new GoWorkspace({
      'go.mod': 'module example.com/m\n\ngo 1.24\n',
      'main.go': 'package main\n\nfunc main() {}\n',
    });
    await workspace.go('build', '-trimpath', '-ldflags=-s -w', '-o', 'built', '.');
    binary = readFileSync(workspace.path('built'));
  });
  afterAll(() => workspace.remove());
  beforeEach(() => {
    for (const name of ['cache', 'dist']) rmSync(workspace.path(name), { recursive: true, force: true });
  });

  const put = (content: Buffer, folder = 'cache/123') => {
    const file = workspace.path(join(folder, OUTPUT));
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, content);
  };
  const damaged = (
    status: 'remote-cache' | 'local-cache',
    target: TargetConfiguration = plain(),
    outputs: string[] = [OUTPUT, `${OUTPUT}.exe`],
  ) => {
    const task = { hash: '123', outputs, target: {}, overrides: {} } as unknown as Parameters<
      typeof isDamaged
    >[0]['task'];
    return isDamaged({ task, status }, target, workspace.path('cache'), workspace.root);
  };
  const plain = (key = 'linux/amd64.v1 cgo', cgo = false, options: object = {}): TargetConfiguration => ({
    executor: 'nx-gopher:build',
    options: { outputPath: OUTPUT, ...options },
    metadata: { gopher: { buildConfigurations: [key], cgo, packages: ['.'] } } as object,
  });
  const flipped = () => {
    const copy = Buffer.from(binary);
    copy[copy.length - 1000]! ^= 1;
    return copy;
  };

  it('is taken when the binary is what go linked', () => {
    put(binary);
    expect(damaged('remote-cache')).toBe(false);
  });

  it('is not when another byte stands in it', () => {
    put(flipped());
    expect(damaged('remote-cache')).toBe(true);
    put(Buffer.from('no binary'));
    expect(damaged('remote-cache')).toBe(true);
  });

  it('is not when there is no output in the entry, whatever an earlier run has left', () => {
    mkdirSync(workspace.path('cache/123/other'), { recursive: true });
    put(binary, '.');
    expect(existsSync(workspace.path(OUTPUT))).toBe(true);
    expect(damaged('remote-cache')).toBe(true);
    expect(damaged('local-cache')).toBe(true);
  });

  it('is left alone where the project declares other outputs', () => {
    mkdirSync(workspace.path('cache/123/dist'), { recursive: true });
    expect(damaged('remote-cache', plain(), ['dist'])).toBe(false);
    expect(damaged('remote-cache', plain(), [])).toBe(false);
  });

  it('is judged by the output itself where Nx keeps its cache elsewhere', () => {
    expect(damaged('local-cache')).toBe(true);
    put(binary, '.');
    expect(damaged('local-cache')).toBe(false);
  });

  it('is not read through when it came from this machine, or go leaves no hash that can be checked', () => {
    put(flipped());
    expect(damaged('local-cache')).toBe(false);
    expect(damaged('remote-cache', plain('linux/amd64 cgo', true))).toBe(false);
    expect(damaged('remote-cache', plain('darwin/arm64 cgo'))).toBe(false);
    expect(damaged('remote-cache', plain('linux/amd64 cgo race'))).toBe(false);
    expect(damaged('remote-cache', plain('linux/amd64 cgo', false, { buildmode: 'c-shared' }))).toBe(false);
    expect(damaged('remote-cache', plain('linux/amd64 cgo', false, { ldflags: ['-buildid='] }))).toBe(false);
  });
});
