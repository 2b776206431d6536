import { describe, expect, it } from '@jest/globals';

import type { RecordedPart } from '../parts/recorded-part.js';
import { compareParts } from './compare-parts.js';

const GLOBS = 'lib:lib/*.go,!lib/*_test.go';

function files(hash: string, contents: Readonly<Record<string, string>>, name = GLOBS): RecordedPart {
  return { name, hash, files: new Map(Object.entries(contents)) };
}

function text(name: string, value: string): RecordedPart {
  return { name, hash: value, text: value };
}

const causes = (before: readonly RecordedPart[], after: readonly RecordedPart[], there: readonly string[] = []) =>
  compareParts(before, after, (path) => there.includes(path));

describe('files', () => {
  it('names what changed, came and went, and no test', () => {
    const before = files('1', { 'lib/a.go': 'a', 'lib/b.go': 'b', 'lib/a_test.go': 't' });
    const after = files('2', { 'lib/a.go': 'x', 'lib/c.go': 'c', 'lib/a_test.go': 'u' });
    expect(causes([before], [after])).toEqual([
      { kind: 'file', path: 'lib/a.go', change: 'changed' },
      { kind: 'file', path: 'lib/b.go', change: 'gone' },
      { kind: 'file', path: 'lib/c.go', change: 'new' },
    ]);
  });

  it('tells a file that other globs take out from one that is gone', () => {
    const before = files('1', { 'lib/a.go': 'a', 'lib/b.go': 'b' });
    const after = files('2', { 'lib/a.go': 'a', 'lib/b.go': 'x' }, `${GLOBS},!lib/b.go`);
    expect(causes([before], [after], ['lib/b.go'])).toEqual([{ kind: 'file', path: 'lib/b.go', change: 'excluded' }]);
    expect(causes([after], [before], ['lib/b.go'])).toEqual([{ kind: 'file', path: 'lib/b.go', change: 'included' }]);
  });

  it('believes of a file only what a part says that means it', () => {
    const tests = 'workspace:[{workspaceRoot}/lib/*_test.go]';
    const old = files('1', { 'lib/a.go': 'a', 'lib/a_test.go': 't' });
    const [before, after] = ['a', 'b'].map((test) =>
      files(test, { 'lib/a_test.go': test, 'lib/a.go': 'stale' }, tests),
    );
    expect(causes([old, before!], [old, after!])).toEqual([{ kind: 'file', path: 'lib/a_test.go', change: 'changed' }]);
    expect(causes([old], [old, after!])).toEqual([{ kind: 'file', path: 'lib/a_test.go', change: 'included' }]);
  });

  it('finds the exclusions that Nx does not name with another part', () => {
    const [listed, fromDisk] = ['workspace:[web/**/*,!web/**/.*]', 'files:[web/**/* (+1 excluded)]'];
    const [before, after] = [{ 'web/.x': 'x', 'web/a': 'a' }, { 'web/a': 'b' }].map((contents, index) =>
      [listed, fromDisk].map((name) => files(`${index}`, contents, name)),
    );
    expect(causes(before!, after!)).toEqual([{ kind: 'file', path: 'web/a', change: 'changed' }]);
  });

  it('counts what git ignores only where it is read from disk', () => {
    const generated = (hash: string, digest: string) => files(hash, { 'lib/gen.go': digest }, 'files:[lib/gen.go]');
    const before = files('1', { 'lib/a.go': 'a', 'lib/gen.go': 'g' });
    const after = files('2', { 'lib/a.go': 'b', 'lib/gen.go': 'h' });
    const changed = (path: string) => ({ kind: 'file', path, change: 'changed' });
    const told = (...disk: readonly RecordedPart[]) =>
      compareParts([before, disk[0]!], [after, disk[1]!], () => true, new Set(['lib/gen.go']));
    expect(told(generated('1', 'g'), generated('1', 'g'))).toEqual([changed('lib/a.go')]);
    expect(told(generated('1', 'g'), generated('2', 'h'))).toEqual([changed('lib/a.go'), changed('lib/gen.go')]);
  });

  it('says so where a part moved and none of its files did', () => {
    const same = { 'lib/a.go': 'a' };
    expect(causes([files('1', same)], [files('2', same)])).toEqual([{ kind: 'other', part: GLOBS }]);
  });

  it('names a package that is imported now, and a directory that is embedded no more', () => {
    const embedded = files('1', { 'web/a.txt': 'a' }, 'workspace:[{workspaceRoot}/web/*.txt]');
    expect(causes([embedded], [files('1', { 'lib/a.go': 'a' })])).toEqual([
      { kind: 'package', path: 'lib', change: 'added' },
      { kind: 'directory', path: 'web', change: 'removed' },
    ]);
  });
});

describe('values', () => {
  it('joins the two versions of a module', () => {
    const [old, now] = [
      text('go:golang.org/x/text@v0.27.0#01234567', '1'),
      text('go:golang.org/x/text@v0.28.0#89abcdef', '2'),
    ];
    expect(causes([old], [now])).toEqual([
      { kind: 'module', name: 'golang.org/x/text', from: 'v0.27.0', to: 'v0.28.0' },
    ]);
    expect(causes([], [now])).toEqual([{ kind: 'module', name: 'golang.org/x/text', to: 'v0.28.0' }]);
  });

  it('names the settings and the toolchain behind one command', () => {
    const name = 'runtime:go env GOVERSION GOFLAGS GOOS';
    const before = text(name, 'GOVERSION=go1.25.1\nGOFLAGS=\nGOOS=linux');
    const after = text(name, 'GOVERSION=go1.26.0\nGOFLAGS=-tags=prod\nGOOS=linux');
    expect(causes([before], [after])).toEqual([
      { kind: 'setting', name: 'GOFLAGS', from: '', to: '-tags=prod' },
      { kind: 'toolchain', name: 'GOVERSION', from: 'go1.25.1', to: 'go1.26.0' },
    ]);
  });

  it('names the option of a target', () => {
    const configuration = (options: object) =>
      text('api:ProjectConfiguration', JSON.stringify({ root: 'api', targets: { build: { options } } }));
    expect(causes([configuration({ ldflags: ['-s'] })], [configuration({ ldflags: ['-w'], race: true })])).toEqual([
      { kind: 'option', name: 'api:build options.ldflags', from: '["-s"]', to: '["-w"]' },
      { kind: 'option', name: 'api:build options.race', to: 'true' },
    ]);
  });

  it('names a compiler, a go directive and a variable', () => {
    expect(
      causes(
        [text('runtime:gcc --version', 'gcc 12'), text('go:module/lib', 'go 1.24'), { name: 'env:TOKEN', hash: '1' }],
        [text('runtime:gcc --version', 'gcc 13'), text('go:module/lib', 'go 1.25'), { name: 'env:TOKEN', hash: '2' }],
      ),
    ).toEqual([
      { kind: 'setting', name: 'TOKEN' },
      { kind: 'compiler', name: 'gcc', from: 'gcc 12', to: 'gcc 13' },
      { kind: 'manifest', name: 'go directive of lib/go.mod', from: 'go 1.24', to: 'go 1.25' },
    ]);
  });
});
