import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { findings } from './findings.js';
import type { TaskInputs } from './task-inputs.js';

const FILES = ['lib/price/a.txt', 'fixtures/x.json', 'fixtures/deep/y.json', 'fixtures/[z].json', 'dist/page.html'];
const MINUTE = 60_000;

describe('what a test read', () => {
  let root: string;
  beforeAll(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'nx-gopher-spec-')));
    const before = new Date(Date.now() - MINUTE);
    for (const file of FILES) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), '');
      utimesSync(join(root, file), before, before);
    }
    symlinkSync('fixtures', join(root, 'linked'));
    for (const dir of ['.', 'lib', 'lib/price', 'fixtures']) utimesSync(join(root, dir), before, before);
  });
  afterAll(() => rmSync(root, { recursive: true }));

  const inputs: TaskInputs = {
    hasFile: (path) => path === 'lib/price/a.txt',
    wouldHaveFile: (path) => dirname(path) === 'lib/price',
    hasVariable: (name) => name === 'KNOWN',
    isListed: (path) => !path.startsWith('dist/'),
  };
  const found = (opened: string[], examined: string[] = [], environment: string[] = []) => {
    const absolute = (paths: string[]) =>
      new Set(paths.map((path) => (path.startsWith('/') ? path : join(root, path))));
    return findings(
      { opened: absolute(opened), examined: absolute(examined), environment: new Set(environment) },
      inputs,
      { workspaceRoot: root, startTime: Date.now() - MINUTE / 2, accountedFor: ['/usr/local/go'] },
    );
  };

  it('is nothing to speak of where the inputs name it', () => {
    const { lines, unhashable } = found(['lib/price/a.txt', 'lib/price'], ['lib/price', 'lib', '.'], ['KNOWN']);
    expect([lines, unhashable]).toEqual([[], []]);
  });

  it('is named by the line to add', () => {
    const { lines } = found(['fixtures/x.json'], ['fixtures/[z].json'], ['SECRET', 'KNOWN']);
    expect(lines).toEqual([
      '{workspaceRoot}/fixtures/\\[z\\].json',
      '{workspaceRoot}/fixtures/x.json',
      { env: 'SECRET' },
    ]);
  });

  it('is named by what a link leads to', () => {
    expect(found(['linked/x.json']).lines).toEqual(['{workspaceRoot}/fixtures/x.json']);
  });

  it('has to be read from disk where git ignores it', () => {
    expect(found(['dist/page.html']).lines).toEqual([
      { fileset: '{workspaceRoot}/dist/page.html', includeIgnored: true },
    ]);
  });

  it('counts although it is not there: it may come', () => {
    expect(found(['fixtures/none.json'], ['lib/other/none.txt', 'lib/price/none.txt']).lines).toEqual([
      '{workspaceRoot}/fixtures/none.json',
      '{workspaceRoot}/lib/other/none.txt',
    ]);
  });

  it('is all that a directory holds when the test listed it', () => {
    expect(found(['fixtures', 'fixtures/x.json']).lines).toEqual(['{workspaceRoot}/fixtures/*']);
    expect(found(['fixtures', 'fixtures/deep', 'fixtures/deep/y.json']).lines).toEqual([
      '{workspaceRoot}/fixtures/**/*',
    ]);
    expect(found([root]).lines).toEqual(['{workspaceRoot}/*']);
  });

  it('is no input where the test has written it', () => {
    writeFileSync(join(root, 'lib/made.txt'), '');
    expect(found(['lib/made.txt', 'lib/made-and-removed.txt']).lines).toEqual([]);
  });

  it('is no input where it is a place of the machine', () => {
    expect(found([], [], ['HOME', 'PATH', 'TMPDIR', 'PWD', 'RES_OPTIONS']).lines).toEqual([]);
  });

  it('cannot be hashed outside the workspace, but for what go itself has there', () => {
    const { lines, unhashable } = found([
      '/etc',
      '/usr/local/go/src',
      '/dev/null',
      '/proc/self',
      '/nowhere',
      '.git/HEAD',
    ]);
    expect(lines).toEqual([]);
    expect(unhashable).toEqual(['/etc', join(root, '.git/HEAD')].sort());
  });
});
