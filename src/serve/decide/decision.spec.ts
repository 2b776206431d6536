import { describe, expect, it } from '@jest/globals';

import { emptyPackage, listingOf, type Package } from '../../go/listing/package.js';
import { decide, type DecidedMain } from './decision.js';
import { FileSets } from './file-sets.js';

const pkg = (dir: string, imports: readonly string[], more: Partial<Package> = {}): Package => ({
  ...emptyPackage(`example.org/shop/${dir}`, { path: 'example.org/shop', version: '', main: true }),
  name: dir.startsWith('handlers/') ? 'main' : dir,
  dir,
  files: [`${dir.split('/').at(-1)}.go`],
  imports: imports.map((path) => `example.org/shop/${path}`),
  ...more,
});

const listing = listingOf([
  pkg('handlers/invoice', ['internal/order', 'internal/audit']),
  pkg('handlers/report', ['internal/audit']),
  pkg('internal/order', ['internal/money']),
  pkg('internal/money', []),
  pkg('internal/audit', [], {
    ignoredFiles: ['audit_windows.go'],
    embedPatterns: ['pages/*.html'],
    embedFiles: ['pages/a.html'],
  }),
  { ...pkg('cached', []), dir: '/cache/mod@v1', module: { path: 'example.org/mod', version: 'v1.0.0', main: false } },
  pkg('local', [], { dir: '/elsewhere/local', files: ['local.go'] }),
]);
const sets = new FileSets('/workspace', listing);
const main = (name: string, fileSets: readonly FileSets[] = [sets]): DecidedMain => ({
  id: name,
  root: `handlers/${name}`,
  importPath: `example.org/shop/handlers/${name}`,
  fileSets,
});
const MAINS = [main('invoice'), main('report')];

describe('decide', () => {
  it('names the shortest chain of imports for each program that a file is compiled into', () => {
    const { affected, ignored } = decide(['internal/money/money.go', 'internal/audit/audit.go'], MAINS);
    expect([...affected]).toEqual([
      [
        'invoice',
        [
          'internal/money/money.go: handlers/invoice → internal/order → internal/money',
          'internal/audit/audit.go: handlers/invoice → internal/audit',
        ],
      ],
      ['report', ['internal/audit/audit.go: handlers/report → internal/audit']],
    ]);
    expect(ignored).toEqual([]);
  });

  it('takes a main package itself, embedded files and a profile', () => {
    const paths = ['handlers/report/report.go', 'internal/audit/pages/a.html', 'handlers/invoice/default.pgo'];
    const { affected } = decide(paths, MAINS);
    expect(affected.get('report')).toEqual([
      'handlers/report/report.go: handlers/report',
      'internal/audit/pages/a.html: handlers/report → internal/audit',
    ]);
    expect(affected.get('invoice')?.at(-1)).toBe('handlers/invoice/default.pgo: handlers/invoice');
  });

  it.each([
    ['internal/money/money_test.go', 'a test, which is in no program'],
    ['internal/audit/audit_windows.go', 'build constraints exclude it here'],
    ['internal/unused/unused.go', 'no served program imports its package'],
    ['README.md', 'no served program is made of it'],
  ])('says why %s concerns no program', (path, why) => {
    expect(decide([path], MAINS)).toMatchObject({ affected: new Map(), ignored: [`${path}: ${why}`] });
  });

  it('takes headers that lie in other directories, and the target of a link', () => {
    const cgo = pkg('internal/cgo', [], {
      headerGlobs: ['{workspaceRoot}/include/**/*.{h,hpp}', '{workspaceRoot}/shared/*'],
      linkTargets: [['x.go', 'generated/x.go']],
    });
    const some = new FileSets('/workspace', listingOf([pkg('handlers/invoice', ['internal/cgo']), cgo]));
    const paths = ['include/a/b.h', 'shared/c.inc', 'generated/x.go', 'include/a/b.txt'];
    const { affected, ignored } = decide(paths, [main('invoice', [some])]);
    const why = 'handlers/invoice → internal/cgo';
    expect(affected.get('invoice')).toEqual(paths.slice(0, 3).map((path) => `${path}: ${why}`));
    expect(ignored).toEqual(['include/a/b.txt: no served program is made of it']);
    expect([...some.dirs()]).toEqual(expect.arrayContaining(['include', 'shared', 'generated']));
  });

  it('takes the file sets of an earlier listing as well', () => {
    const now = new FileSets('/workspace', listingOf([pkg('handlers/invoice', [])]));
    const { affected } = decide(['internal/money/money.go'], [main('invoice', [now, sets])]);
    expect([...affected.keys()]).toEqual(['invoice']);
  });
});

describe('FileSets', () => {
  it('holds code outside of the workspace, and nothing of the module cache', () => {
    expect([...sets.packageDirs]).toContain('../elsewhere/local');
    expect([...sets.files].filter((file) => file.includes('cache'))).toEqual([]);
  });

  it('knows which packages a path may come to be part of', () => {
    expect(sets.concerned('internal/money/new.go')).toEqual(['internal/money']);
    expect(sets.concerned('internal/audit/pages/b.html')).toEqual(['internal/audit']);
    expect(sets.concerned('docs/x.go')).toEqual([]);
    expect(sets.mayBeEmbedded('internal/audit/pages/b.html')).toBe(true);
    expect(sets.mayBeEmbedded('internal/audit/pages/a.html')).toBe(false);
  });

  it('watches where files lie and where they may come to be embedded', () => {
    expect([...sets.dirs()]).toEqual(expect.arrayContaining(['internal/audit', 'internal/audit/pages']));
  });

  it('tells a program that could not be listed as a whole', () => {
    const errors = [{ position: 'internal/order/order.go:3:1', message: 'no such package' }];
    const broken = [pkg('handlers/invoice', ['internal/order']), pkg('internal/order', [], { errors })];
    const some = new FileSets('/workspace', listingOf([...listing.values(), ...broken]));
    expect(some.isWhole('example.org/shop/handlers/invoice')).toBe(false);
    expect(some.errorsOf('example.org/shop/handlers/invoice')).toEqual([
      'internal/order/order.go:3:1: no such package',
    ]);
    expect(some.isWhole('example.org/shop/handlers/report')).toBe(true);
  });
});
