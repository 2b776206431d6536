import { fileURLToPath } from 'node:url';

import { generateFiles, type Tree } from '@nx/devkit';

import { packageNameError, packageNameOf } from '../../go/package-name.js';
import { directoryFor, refuseGoFiles } from '../placing/directory.js';
import { landingModule } from '../placing/landing-module.js';
import { importPathOf } from '../placing/modules.js';
import type { PackageGeneratorSchema } from './schema.js';

/** Makes a package that others import: a doc comment, a function and its test. */
export async function packageGenerator(tree: Tree, options: PackageGeneratorSchema): Promise<void> {
  const dir = directoryFor(tree, options.path);
  refuseGoFiles(tree, dir);
  const module = await landingModule(tree, dir, options.module);
  const importPath = importPathOf(module, dir);
  const name = options.name ?? packageNameOf(importPath);
  const error = packageNameError(name);
  if (error !== undefined) {
    const remedy =
      name === 'main' ? 'For a program: nx generate nx-gopher:handler' : 'Choose another path, or pass --name';
    throw new Error(`"${name}" cannot be the name of the package in "${dir}": it ${error}. ${remedy}.`);
  }
  const templates = fileURLToPath(new URL('../../../src/generators/package/files', import.meta.url));
  generateFiles(tree, templates, dir, { name, importSpec: importSpec(importPath, name) });
}

export default packageGenerator;

/** As goimports writes it: with the name where the path does not tell it. */
function importSpec(importPath: string, name: string): string {
  const isTold =
    importPath
      .replace(/\/v[1-9]\d*$/, '')
      .split('/')
      .at(-1) === name;
  return `${isTold ? '' : `${name} `}"${importPath}"`;
}
