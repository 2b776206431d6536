import { generateFiles, type Tree } from '@nx/devkit';

import { packageNameError, packageNameOf } from '../../go/sources/package-name.js';
import { packageFile } from '../../package-root.js';
import { directoryFor, refuseGoFiles } from '../placing/directory.js';
import { landingModule } from '../placing/landing-module.js';
import { importPathOf } from '../placing/modules.js';
import type { LibraryGeneratorSchema } from './schema.js';

/**
 * Names that the test's template has for something else, and `init`, which Go imports no package as: the test imports a
 * package of such a name under another one.
 */
const TAKEN_IN_TEST = new Set(['init', 'string', 't', 'test', 'testing', 'tests']);

/** Makes a package that others import: a doc comment, a function and its test. */
export async function libraryGenerator(tree: Tree, options: LibraryGeneratorSchema): Promise<void> {
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
  const templates = packageFile('src/generators/library/files');
  const reference = TAKEN_IN_TEST.has(name) ? `${name}pkg` : name;
  generateFiles(tree, templates, dir, { name, reference, importSpec: importSpec(importPath, reference) });
}

export default libraryGenerator;

/** As goimports writes it: with the name to import under where the path does not tell it. */
function importSpec(importPath: string, name: string): string {
  const isTold =
    importPath
      .replace(/\/v[1-9]\d*$/, '')
      .split('/')
      .at(-1) === name;
  return `${isTold ? '' : `${name} `}"${importPath}"`;
}
