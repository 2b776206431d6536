import { createHash } from 'node:crypto';

import { afterEach, describe, expect, it } from '@jest/globals';

import {
  goMod,
  listBoth,
  removeWritten,
  scanFirst,
  source,
  write,
  type Comparison,
  type Files,
} from '../../../testing/listings/compare-listings.js';

async function expectSame(files: Files, comparison: Comparison = {}): Promise<void> {
  const { listed, scanned } = await listBoth(files, comparison);
  expect(scanned).toEqual(listed);
}

afterEach(removeWritten);

describe('as go list', () => {
  it('a go.work with two modules, one next to it, and a replacement in go.work', () =>
    expectSame({
      'go.work': 'go 1.24\nuse (\n\t./api\n\t./lib\n)\nreplace example.com/tool => ./tool\n',
      'api/go.mod': goMod('example.com/api', 'require example.com/tool v1.0.0'),
      'api/api.go': source('main', 'example.com/lib/x', 'example.com/lib', 'example.com/tool/t'),
      'lib/go.mod': goMod('example.com/lib'),
      'lib/lib.go': source('lib'),
      'lib/x/x.go': source('x'),
      'lib/x/x_test.go': source('x_test', 'example.com/api/fake'),
      'api/fake/fake.go': source('fake'),
      'tool/go.mod': goMod('example.com/tool'),
      'tool/t/t.go': source('t'),
    }));

  it('directories that replace modules, and what they import', () =>
    expectSame({
      'app/go.mod': goMod(
        'example.com/app',
        'require (',
        '\texample.com/dep v1.2.3',
        '\texample.com/dep/nested v0.0.0 // indirect',
        ')',
        'replace example.com/dep v1.2.3 => ../dep',
        'replace example.com/dep/nested => ../dep/nested',
      ),
      'app/main.go': source('main', 'example.com/dep/x'),
      'dep/go.mod': goMod(
        'example.com/dep',
        'require example.com/dep/nested v0.0.0',
        'replace example.com/dep/nested => ./nested',
      ),
      'dep/x/x.go': source('x', 'example.com/dep/nested'),
      'dep/x/x_test.go': source('x', 'example.com/dep/untold'),
      'dep/nested/go.mod': goMod('example.com/dep/nested'),
      'dep/nested/nested.go': source('nested'),
    }));
});

describe('modules from elsewhere', () => {
  /** A module cache that holds the module as if it had been downloaded, and the go.sum lines that vouch for it. */
  function downloaded(path: string, version: string, files: Files): { cache: string; sums: string[] } {
    const manifest = goMod(path);
    const digest = (text: string, encoding: 'hex' | 'base64'): string =>
      createHash('sha256').update(text).digest(encoding);
    const modSum = `h1:${digest(`${digest(manifest, 'hex')}  go.mod\n`, 'base64')}`;
    const zipSum = `h1:${digest('anything', 'base64')}`;
    const download = `cache/download/${path}/@v/${version}`;
    const cache = write({
      [`${download}.mod`]: manifest,
      [`${download}.info`]: JSON.stringify({ Version: version }),
      [`${download}.ziphash`]: zipSum,
      [`${download}.zip`]: '',
      ...Object.fromEntries(Object.entries(files).map(([file, text]) => [`${path}@${version}/${file}`, text])),
      [`${path}@${version}/go.mod`]: manifest,
    });
    return { cache, sums: [`${path} ${version} ${zipSum}`, `${path} ${version}/go.mod ${modSum}`, ''] };
  }

  it('names the module and version that give a package', () => {
    const { cache, sums } = downloaded('example.com/ext', 'v1.2.0', { 'p/p.go': source('p') });
    return expectSame(
      {
        'go.mod': goMod('example.com/m', 'require example.com/ext v1.2.0'),
        'go.sum': sums.join('\n'),
        'a/a.go': source('a', 'example.com/ext/p'),
      },
      { env: { GOMODCACHE: cache, GONOSUMDB: '*', GOFLAGS: '-modcacherw' } },
    );
  });

  it('names the module that replaces it', () => {
    const { cache, sums } = downloaded('example.com/fork', 'v1.3.0', { 'p/p.go': source('p') });
    return expectSame(
      {
        'go.mod': goMod(
          'example.com/m',
          'require example.com/ext v1.2.0',
          'replace example.com/ext => example.com/fork v1.3.0',
        ),
        'go.sum': sums.join('\n'),
        'a/a.go': source('a', 'example.com/ext/p'),
      },
      { env: { GOMODCACHE: cache, GONOSUMDB: '*' } },
    );
  });

  it('reads vendored packages', () =>
    expectSame({
      'go.mod': goMod('example.com/m', 'require example.com/ext v1.2.0'),
      'a/a.go': source('a', 'example.com/ext/p'),
      'vendor/modules.txt': '# example.com/ext v1.2.0\n## explicit; go 1.24\nexample.com/ext/p\nexample.com/ext/q\n',
      'vendor/example.com/ext/p/p.go': source('p', 'example.com/ext/q'),
      'vendor/example.com/ext/p/p_windows.go': source('p'),
      'vendor/example.com/ext/q/q.go': source('q'),
    }));
});

describe('where go refuses the group as a whole', () => {
  it('goes on next to a directory of go.work that is missing', () => {
    const packages = scanFirst({
      'go.work': 'go 1.24\nuse ./api\nuse ./gone\n',
      'api/go.mod': goMod('example.com/api', 'require example.com/gone v0.0.0'),
      'api/api.go': source('main', 'example.com/gone/x'),
    });
    expect([...packages.keys()]).toEqual(['example.com/api', 'example.com/gone/x']);
    expect(packages.get('example.com/gone/x')?.module?.version).toBe('v0.0.0');
  });

  it('takes the highest version that two modules require, and a newer go directive than any', () => {
    const packages = scanFirst({
      'go.work': 'go 9.99\nuse ./a\nuse ./b\n',
      'a/go.mod': goMod('example.com/a', 'require example.com/ext v1.9.0'),
      'a/a.go': source('a', 'example.com/ext'),
      'b/go.mod': goMod('example.com/b', 'require example.com/ext v1.10.0'),
      'b/b.go': source('b'),
    });
    expect(packages.get('example.com/ext')).toMatchObject({ dir: '', errors: [], module: { version: 'v1.10.0' } });
  });

  it('says in which file and line an error lies', () => {
    const packages = scanFirst({ 'm/go.mod': goMod('example.com/m'), 'm/a/a.go': 'package a\n\nimport "fmt\n' });
    expect(packages.get('example.com/m/a')?.errors).toEqual([
      { position: 'm/a/a.go:3', message: 'string literal not terminated' },
    ]);
  });
});
