import { describe, expect, it } from '@jest/globals';

import { filePatterns, filesProblem } from './archive-files.js';
import type { GoProject } from '../projects/projects.js';

const project = (dir: string): GoProject => ({
  dir,
  name: dir,
  group: undefined,
  module: undefined,
  ownsManifest: false,
  pkg: undefined,
  members: [],
});
const API = project('svc/api');

describe('files for a package', () => {
  it.each([
    '/etc/ssl/ca.pem',
    '{workspaceRoot}//etc/ssl/ca.pem',
    '../ca.pem',
    '{workspaceRoot}/../ca.pem',
    '{projectRoot}/../../../ca.pem',
    'certs/../../ca.pem',
    '{certs,..}/ca.pem',
    '{/etc/ssl,certs}/ca.pem',
    '{certs,/etc/ssl}/ca.pem',
    'C:\\certs\\ca.pem',
    '..\\ca.pem',
  ])('are refused outside the workspace, and are no input: %s', (source) => {
    for (const files of [[source], [{ source }]]) {
      expect(filesProblem(files, API)).toMatch(/^The option files of svc\/api's .* Copy the file into the workspace/);
      expect(filePatterns(files, API)).toEqual([]);
    }
  });

  it.each([
    ['{projectRoot}/conf', 'svc/api/conf'],
    ['{projectRoot}/../shared/*.json', 'svc/shared/*.json'],
    ['{workspaceRoot}/certs/ca.pem', 'certs/ca.pem'],
    ['conf/', 'conf'],
    ['./certs/{ca,root}.pem', 'certs/{ca,root}.pem'],
    ['conf/a..b/..hidden', 'conf/a..b/..hidden'],
  ])('may lie anywhere inside it: %s', (source, pattern) => {
    expect(filesProblem([source], API)).toBeUndefined();
    expect(filePatterns([source], API)).toEqual([pattern]);
  });

  it('may lie in the workspace’s root where the program does', () => {
    expect(filesProblem(['{projectRoot}/conf'], project('.'))).toBeUndefined();
    expect(filePatterns(['{projectRoot}/conf'], project('.'))).toEqual(['conf']);
    expect(filesProblem(['{projectRoot}/../conf'], project('.'))).toContain('Copy the file into the workspace');
  });

  it.each(['/etc/ssl', '../etc', 'etc/../../x', 'C:\\etc', 'etc\\..\\x'])('go nowhere but into it: %s', (target) => {
    expect(filesProblem([{ source: 'certs/ca.pem', target }], API)).toContain(`at the target "${target}"`);
  });

  it('may go to any place in it', () => {
    expect(filesProblem([{ source: 'certs/ca.pem', target: 'etc/ssl..old' }], API)).toBeUndefined();
  });
});
