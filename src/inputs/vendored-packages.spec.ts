import { describe, expect, it } from '@jest/globals';

import type { Package } from '../go/listing/package.js';
import type { ModuleGroup } from '../workspace/workspace.js';
import { VendoredPackages } from './vendored-packages.js';

interface Given {
  readonly pkg?: Partial<Package>;
  readonly vendorListed?: boolean;
}

function fileSets(names: readonly string[], { pkg = {}, vendorListed = true }: Given = {}): unknown {
  const packages = new VendoredPackages({ dir: 'api', vendorListed } as ModuleGroup);
  for (const name of names) {
    const importPath = `example.org/letters/${name}`;
    packages.add({
      ...{ importPath, dir: `api/vendor/${importPath}`, files: ['x.go'], embedPatterns: [], cgo: false },
      ...{ module: { path: 'example.org/letters', version: 'v1.0.0', main: false }, ...pkg },
    } as Partial<Package> as Package);
  }
  return packages.fileSets();
}

const LETTERS = 'api/vendor/example.org/letters';

describe('vendored packages', () => {
  it('are named one by one, in one pattern', () => {
    expect(fileSets(['round', 'ornate'])).toEqual([
      expect.stringContaining(`{workspaceRoot}/{${LETTERS}/ornate,${LETTERS}/round}/*.{go,`),
    ]);
    expect(fileSets(['round'])).toEqual([expect.stringContaining(`{workspaceRoot}/${LETTERS}/round/*.{go,`)]);
    expect(fileSets([])).toEqual([]);
  });

  it.each([
    ['with cgo', fileSets(['round'], { pkg: { cgo: true } })],
    ['that embed files', fileSets(['round'], { pkg: { embedPatterns: ['*.txt'] } })],
    ['that git ignores', fileSets(['round'], { vendorListed: false })],
    ['of which there are many', fileSets(Array.from({ length: 51 }, (_, index) => `p${index}`))],
  ])('%s count as whole modules', (_, sets) => {
    expect(sets).toEqual([`{workspaceRoot}/${LETTERS}/**/*`]);
  });
});
