import { expect, it } from '@jest/globals';

import { ByName } from '../../by-name.js';
import type { EffectiveOptions } from '../options/effective-options.js';
import { outputClashes, writtenPaths, type Writer } from './output-clashes.js';

const writer = (root: string, ...paths: string[]): Writer => ({
  ...{ root, id: `${root}:build`, targetName: 'build', outputPath: 'file', paths },
});

it('finds nothing where each build has files of its own, under all of its configurations', () => {
  const targets = [
    writer('foo', 'dist/foo/foo', 'dist/foo/windows/foo', 'dist/foo/foo'),
    writer('foo/bar', 'dist/foo/bar/bar'),
    writer('foo-foo', 'dist/foo-foo/foo-foo'),
  ];
  expect(outputClashes(targets)).toEqual(new Map());
});

it('refuses the build that writes a file where another one needs a directory, and names a path that is free', () => {
  const clashes = outputClashes([writer('foo', 'dist/foo/foo'), writer('foo/foo', 'dist/foo/foo/foo')]);
  expect([...clashes.keys()]).toEqual(['foo:build']);
  expect(clashes.get('foo:build')).toBe(
    'foo:build writes the file dist/foo/foo, where foo/foo:build writes into a directory. ' +
      'Give it another path in foo/project.json: {"targets":{"build":{"options":{"outputPath":"dist/foo/_/foo"}}}}',
  );
});

it('refuses builds that write one file, each with a path of its own', () => {
  const clashes = outputClashes([writer('a/app', 'bin/app'), writer('b/app', 'bin/app')]);
  expect(clashes.get('a/app:build')).toContain('bin/a/app/app');
  expect(clashes.get('b/app:build')).toContain('a/app:build');
});

it('refuses two builds of one project that write one file, each with a directory of its name', () => {
  const further = { ...writer('app', 'dist/app/app'), id: 'app:debug', targetName: 'debug' };
  const clashes = outputClashes([writer('app', 'dist/app/app'), further]);
  expect(clashes.get('app:debug')).toContain('"debug":{"options":{"outputPath":"dist/app/debug/app"}}');
  expect(clashes.get('app:build')).toContain('app:debug');
});

it('names a directory for a package', () => {
  const packages = ['a/app', 'b/app'].map((root): Writer => ({
    ...{ root, id: `${root}:package`, targetName: 'package', outputPath: 'directory', paths: ['release/app.zip'] },
  }));
  expect(outputClashes(packages).get('b/app:package')).toBe(
    'b/app:package writes release/app.zip, and so does a/app:package. ' +
      'Give it another path in b/app/project.json: {"targets":{"package":{"options":{"outputPath":"release/b/app"}}}}',
  );
});

it('takes the paths that are given before those that are inferred', () => {
  const inferred = { options: { outputPath: 'dist/a' }, configurations: { windows: { outputPath: 'dist/w/a' } } };
  const given = {
    options: {},
    configurations: new ByName<object>([
      ['windows', {}],
      ['debug', { outputPath: 'dist/d/a' }],
    ]) as EffectiveOptions['configurations'],
    executor: 'nx-gopher:go',
    hasDependencies: false,
    problems: [],
  };
  expect(writtenPaths(given, inferred)).toEqual(['dist/a', 'dist/w/a', 'dist/d/a']);
  expect(writtenPaths({ ...given, options: { outputPath: 'x' } }, inferred)).toEqual(['x', 'dist/w/a', 'dist/d/a']);
});
