import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { extraFiles, licenses } from './extra-files.js';

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'nx-gopher-spec-'));
  for (const path of ['svc/api/conf/a.json', 'svc/api/conf/deep/b.json', 'certs/ca.pem', 'LICENSE', 'svc/NOTICE.txt']) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), path);
  }
  chmodSync(join(root, 'certs/ca.pem'), 0o755);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const places = (...files: Parameters<typeof extraFiles>[0] & object) =>
  extraFiles(files, 'svc/api', root).map(({ path, executable }) => [path, executable]);

it('keeps the path of the project’s files, also of a directory', () => {
  expect(places('svc/api/conf')).toEqual([
    ['conf/a.json', false],
    ['conf/deep/b.json', false],
  ]);
  expect(places('./svc/api/conf/*.json')).toEqual([['conf/a.json', false]]);
});

it('puts others where the glob’s first wildcard begins, or where it is told', () => {
  expect(places('certs/ca.pem')).toEqual([['ca.pem', false]]);
  expect(places({ source: 'certs/*', target: 'etc/ssl' })).toEqual([['etc/ssl/ca.pem', false]]);
  expect(places({ source: 'svc/api/conf/**/*.json', target: 'etc' })).toEqual([
    ['etc/a.json', false],
    ['etc/deep/b.json', false],
  ]);
});

it('makes executable what is said to be, whatever the disk says', () => {
  expect(places({ source: 'certs/ca.pem', executable: true })).toEqual([['ca.pem', true]]);
});

it('fails for a glob without a match', () => {
  expect(() => places('certs/*.key')).toThrow('No file matches certs/*.key, which the option files names.');
});

it('takes the licence files of the nearest directory that has some', () => {
  const globs = ['svc/api', 'svc', '.'].map((dir) => `${dir}/{LICENSE,NOTICE}{,.txt}`);
  expect(licenses(globs, root).map(({ path }) => path)).toEqual(['NOTICE.txt']);
  expect(licenses([globs[0] ?? ''], root)).toEqual([]);
});
