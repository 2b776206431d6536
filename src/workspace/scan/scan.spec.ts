import { afterEach, describe, expect, it } from '@jest/globals';

import {
  goMod,
  listBoth,
  removeWritten,
  source,
  type Comparison,
  type Files,
} from '../../../testing/listings/compare-listings.js';

async function expectSame(files: Files, comparison: Comparison = {}): Promise<void> {
  const { listed, scanned } = await listBoth(files, comparison);
  expect(scanned).toEqual(listed);
}

afterEach(removeWritten);

describe('as go list', () => {
  it('a module with a main, libraries and the standard library', () =>
    expectSame({
      'go.mod': goMod('example.com/shop'),
      'main.go': source('main', 'example.com/shop/orders', 'net/http', 'fmt'),
      'orders/orders.go': source('orders', 'example.com/shop/orders/internal/db'),
      'orders/internal/db/db.go': source('db', 'database/sql', 'os/user'),
      'testdata/x/x.go': 'broken',
      'orders/.hidden.go': 'broken',
      'orders/_left.go': 'broken',
    }));

  it('tests that alone import what is built with cgo', async () => {
    const { listed, scanned } = await listBoth(
      {
        'go.mod': goMod('example.com/m'),
        'm.go': source('m', 'fmt'),
        'm_test.go': source('m_test', 'net/http/httptest', 'testing'),
      },
      {},
    );
    expect(scanned).toEqual(listed);
    expect(listed).toMatchObject({
      '.': { packages: { 'example.com/m': { standardCgo: false, testStandardCgo: true } } },
    });
  });

  it('a module at some depth whose path has no dot', () =>
    expectSame({
      'services/shop/go.mod': goMod('shop'),
      'services/shop/main.go': source('main', 'shop/db', 'shop/missing'),
      'services/shop/db/db.go': source('db', 'encoding/json'),
    }));

  const constrained: Files = {
    'go.mod': goMod('example.com/m'),
    'a/a.go': source('a'),
    'a/a_windows.go': source('a', 'example.com/m/win'),
    'a/x.y_windows.go': source('a', 'example.com/m/dotted'),
    'a/a_linux_arm64.go': source('a'),
    'a/a_windows_test.go': source('a', 'testing'),
    'a/linux.go': source('a'),
    'a/line.go': `//go:build windows && !cgo || extra\n\n${source('a', 'example.com/m/line')}`,
    'a/old.go': `// +build !windows\n\n${source('a', 'example.com/m/old')}`,
    'a/after.go': `package a\n//go:build ignore\n`,
    'a/comment.go': `/*\n//go:build ignore\n*/\npackage a\n`,
    'a/never.go': `//go:build ignore\n\npackage main\n\nimport "nowhere.org/x"\n`,
    'a/release.go': `//go:build go1.21 && !go1.1\n\npackage a\n`,
    'a/variant.go': `//go:build amd64.v2 || arm64.v8.0\n\npackage a\n`,
    'a/race.go': `//go:build race || goexperiment.jsonv2\n\npackage a\n`,
    'a/doc.go': `package documentation\n`,
    'a/a_amd64.s': '// assembly\n',
    'a/b.s': '//go:build arm64\n\n// assembly\n',
    'a/big.S': '// assembly\n',
    'a/a.h': '// header\n',
    'a/a_windows.syso': '',
    'a/a_linux.syso': '',
    'win/win.go': source('win'),
    'dotted/dotted.go': source('dotted'),
    'line/line.go': source('line'),
    'old/old.go': source('old'),
    'only/only_windows.go': source('only'),
    'uses/uses.go': source('uses', 'example.com/m/only'),
  };
  it.each<[string, Comparison]>([
    ['the host', {}],
    ['windows', { options: { goos: 'windows', goarch: 'amd64' } }],
    ['linux/arm64 without cgo', { options: { goos: 'linux', goarch: 'arm64', cgo: false } }],
    ['android', { options: { goos: 'android', goarch: 'arm64' } }],
    ['js', { options: { goos: 'js', goarch: 'wasm' } }],
    ['tags of the options', { options: { tags: 'extra,ignore' } }],
    ['tags of GOFLAGS', { env: { GOFLAGS: '-tags=extra' } }],
    ['tags of the options over those of GOFLAGS', { options: { tags: [] }, env: { GOFLAGS: '-tags=extra' } }],
    ['settings of the environment', { env: { GOAMD64: 'v3', GOEXPERIMENT: 'jsonv2', CGO_ENABLED: '0' } }],
    ['settings of the options', { options: { env: { GOARCH: 'amd64', GOAMD64: 'v2' }, race: true, cgo: true } }],
  ])('constraints under %s', (_, comparison) => expectSame(constrained, comparison));

  it('tests, inside and outside of the package, and tests alone', () =>
    expectSame({
      'go.mod': goMod('example.com/m'),
      'a/a.go': source('a'),
      'a/a_test.go': source('a', 'testing', 'example.com/m/inside', 'net/http/httptest'),
      'a/a_x_test.go': source('a_test', 'testing', 'example.com/m/a', 'example.com/m/outside'),
      'inside/inside.go': source('inside'),
      'outside/outside.go': source('outside'),
      'alone/alone_test.go': source('alone', 'testing'),
      'odd/odd.go': source('odd_test'),
      'odd/odd_test.go': source('odd_test'),
    }));

  it('only some directories: their tests are followed, those of what they import are not', () =>
    expectSame(
      {
        'go.mod': goMod('example.com/m'),
        'a/a.go': source('a', 'example.com/m/b'),
        'a/a_test.go': source('a', 'example.com/m/c'),
        'b/b.go': source('b'),
        'b/b_test.go': source('b', 'example.com/m/d'),
        'c/c.go': source('c'),
        'd/d.go': source('d'),
        'e/e.go': source('e'),
      },
      { dirs: ['a'] },
    ));

  it('embedded files', () =>
    expectSame({
      'go.mod': goMod('example.com/m'),
      'a/a.go': `package a\nimport "embed"\n//go:embed web "sp ace.txt" *.md\n//go:embed all:hidden\nvar fs embed.FS\n`,
      'a/a_test.go': `package a\nimport _ "embed"\n//go:embed testdata/golden.txt\nvar golden string\n`,
      'a/a_x_test.go': `package a_test\nimport _ "embed"\n//go:embed testdata/*\nvar golden string\n`,
      'a/web/index.html': '',
      'a/web/css/a.css': '',
      'a/web/.secret': '',
      'a/web/_draft/x.html': '',
      'a/hidden/.secret': '',
      'a/hidden/_draft/x.html': '',
      'a/sp ace.txt': '',
      'a/A.md': '',
      'a/.b.md': '',
      'a/testdata/golden.txt': '',
      'none/none.go': `package none\nimport _ "embed"\n//go:embed dist\nvar dist string\n`,
      'none/none_test.go': `package none\n`,
    }));

  const withCgo: Files = {
    'go.mod': goMod('example.com/m'),
    'a/a.go': source('a'),
    'a/c.go': `package a\n\n// #cgo CFLAGS: -I\${SRCDIR}/include -DX\n// #cgo windows CFLAGS: -Iwin\n// #cgo linux,amd64 darwin CPPFLAGS: -I../shared\n// #include "a.h"\nimport "C"\nimport _ "example.com/m/b"\n`,
    'a/a.c': '/* C */\n',
    'a/a_windows.c': '',
    'a/asm.S': '',
    'a/include/a.h': '',
    'shared/shared.h': '',
    'b/b.go': source('b'),
    'foreign/f.go': source('foreign'),
    'foreign/f.c': '',
    'foreign/f.h': '',
    'swig/s.go': source('swig'),
    'swig/s.swigcxx': '',
  };
  it.each([[true], [false]])('cgo: %s', (cgo) => expectSame(withCgo, { options: { cgo } }));

  it('what cannot be loaded', () =>
    expectSame({
      'go.mod': goMod('example.com/m'),
      'a/a.go': source('a', 'example.com/m/missing', 'example.com/m/empty', 'example.com/m/sub', 'nowhere.org/x'),
      'empty/README.md': '',
      'sub/go.mod': goMod('example.com/elsewhere'),
      'sub/sub.go': source('sub'),
      'syntax/a.go': 'package syntax\n\nimport "fmt\n',
      'syntax/b.go': source('syntax', 'fmt'),
      'clause/a.go': 'func main() {}\n',
      'two/a.go': source('two'),
      'two/b.go': source('other', 'os'),
      'line/a.go': '//go:build (\n\npackage line\n',
      'line/b.go': source('line'),
      'lines/a.go': '//go:build a\n//go:build b\n\npackage lines\n',
      'body/a.go': 'package body\n\nfunc {\n',
    }));
});
