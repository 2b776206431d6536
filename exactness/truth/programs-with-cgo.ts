import { existsSync } from 'node:fs';
import { relative } from 'node:path';

import { run, type Environment } from '../../testing/workspace/command.js';

/** A main package, or the package of a test binary, and where and how go is run for it. */
export interface Program {
  readonly directory: string;
  readonly importPath: string;
  readonly test: boolean;
  readonly cwd: string;
  readonly env: Environment;
  readonly options: { readonly tags?: readonly string[] | string };
}

interface Listed {
  readonly ImportPath: string;
  readonly Standard?: boolean;
  readonly CgoFiles?: readonly string[];
  readonly SwigFiles?: readonly string[];
  readonly SwigCXXFiles?: readonly string[];
  readonly Deps?: readonly string[];
}

const FIELDS = 'ImportPath,Standard,CgoFiles,SwigFiles,SwigCXXFiles,Deps';

/**
 * Asks go which programs hold cgo in code outside the standard library.
 *
 * @param programs in one directory, environment and set of tags.
 * @returns those programs; none where go can list nothing: it can then build nothing either.
 */
export async function programsWithCgo<T extends Program>(programs: readonly T[]): Promise<T[]> {
  const [first] = programs;
  const patterns = programs.filter(({ directory }) => existsSync(directory)).map(({ directory }) => directory);
  if (!first || patterns.length === 0) return [];
  const { cwd, env, options } = first;
  const tests = programs.some(({ test }) => test) ? ['-test'] : [];
  const tags = options.tags === undefined ? [] : [`-tags=${[options.tags].flat().join(',')}`];
  const paths = patterns.map((directory) => `./${relative(cwd, directory)}`);
  const args = ['list', '-e', '-deps', ...tests, `-json=${FIELDS}`, ...tags, '--', ...paths];
  const { stdout } = await run('go', args, cwd, env);
  const listed = parse(stdout);
  const cgo = new Set(listed.filter(usesCgo).map(({ ImportPath }) => ImportPath));
  const holds = ({ ImportPath, Deps = [] }: Listed): boolean => cgo.has(ImportPath) || Deps.some((dep) => cgo.has(dep));
  const holding = new Set(listed.filter(holds).map(({ ImportPath }) => ImportPath));
  return programs.filter(({ importPath, test }) => holding.has(test ? `${importPath}.test` : importPath));
}

function usesCgo({ Standard, CgoFiles = [], SwigFiles = [], SwigCXXFiles = [] }: Listed): boolean {
  return !Standard && CgoFiles.length + SwigFiles.length + SwigCXXFiles.length > 0;
}

/** go prints one object after another. */
function parse(stdout: string): Listed[] {
  return stdout
    .split(/^(?=\{)/m)
    .filter((text) => text.startsWith('{'))
    .map((text) => JSON.parse(text) as Listed);
}
