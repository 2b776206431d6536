import { expect, it } from '@jest/globals';

import { arrange } from './discover.js';

const everything = { include: [], exclude: [] };

it('gives each directory with Go files to its nearest module', () => {
  const found = arrange(
    ['go.mod', 'tools/go.mod', 'go.work'],
    ['a.go', 'a/b/b.go', 'tools/gen/g.go', 'x/y.s'],
    everything,
  );
  expect(found.moduleDirs).toEqual(['.', 'tools']);
  expect(found.workDirs).toEqual(['.']);
  expect(found.packageDirs).toEqual(
    new Map([
      ['.', ['.', 'a/b']],
      ['tools', ['tools/gen']],
    ]),
  );
});

it("leaves out what the go command's patterns leave out, and npm packages", () => {
  const files = ['vendor/a/a.go', 'a/testdata/x.go', '_old/a.go', '.cache/a.go', 'node_modules/f/f.go', 'a/a.go'];
  expect(arrange(['go.mod', 'a/testdata/go.mod', 'node_modules/f/go.mod'], files, everything).packageDirs).toEqual(
    new Map([['.', ['a']]]),
  );
});

it('leaves out Go files without a module', () => {
  expect(arrange(['a/go.mod'], ['a/a.go', 'b/b.go'], everything).packageDirs).toEqual(new Map([['a', ['a']]]));
});

it('obeys include and exclude', () => {
  const files = ['svc/a/a.go', 'svc/b/b.go', 'lib/l.go'];
  const dirs = (include: string[], exclude: string[]) =>
    arrange(['go.mod'], files, { include, exclude }).packageDirs.get('.');
  expect(dirs(['svc/**'], [])).toEqual(['svc/a', 'svc/b']);
  expect(dirs([], ['svc/b'])).toEqual(['lib', 'svc/a']);
});
