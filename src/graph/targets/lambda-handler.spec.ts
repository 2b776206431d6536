import { expect, it } from '@jest/globals';

import { listingOf, type Package, type PackageModule } from '../../go/listing/package.js';
import type { GroupListing, ModuleGroup } from '../../workspace/workspace.js';
import { isLambdaHandler } from './lambda-handler.js';

const MAIN: PackageModule = { path: 'example.org/shop', version: '', main: true };
const AWS: PackageModule = { path: 'github.com/aws/aws-lambda-go', version: 'v1.49.0', main: false };
const LAMBDA = `${AWS.path}/lambda`;

const pkg = (importPath: string, imports: readonly string[], module = MAIN): Package => {
  const dir = module.main ? importPath.slice('example.org/shop/'.length) : `/modules/${importPath}`;
  return { importPath, dir, imports, module } as Partial<Package> as Package;
};
const PACKAGES = [
  pkg(LAMBDA, [], AWS),
  pkg(`${AWS.path}/events`, [], AWS),
  pkg('example.com/adapter', [LAMBDA], { path: 'example.com/adapter', version: 'v1.0.0', main: false }),
  pkg('example.org/shop/boot', [LAMBDA]),
  pkg('example.org/shop/direct', [LAMBDA]),
  pkg('example.org/shop/indirect', ['example.org/shop/boot']),
  pkg('example.org/shop/offers', ['example.com/adapter']),
  pkg('example.org/shop/types', [`${AWS.path}/events`]),
  { ...pkg('example.org/shop/tests', []), testImports: [LAMBDA] },
];
const GROUP = { dir: '.', vendor: false } as ModuleGroup;

it.each([
  ['direct', true],
  ['indirect', true],
  ['offers', false],
  ['types', false],
  ['tests', false],
])('of %s: %j', (dir, expected) => {
  const listing = { packages: listingOf(PACKAGES) } as GroupListing;
  expect(isLambdaHandler(dir, [{ listing, sourcesInput: undefined }], GROUP)).toBe(expected);
});
