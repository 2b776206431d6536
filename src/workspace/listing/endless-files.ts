import { posix } from 'node:path';

import { listingOf, type Listing, type Package } from '../../go/listing/package.js';
import { Closures } from './closure.js';

/** What go may list of some directories, and what the sources tell of those it must not look into. */
export interface WithoutEndless {
  readonly dirs: readonly string[];
  readonly scanned: readonly Package[];
}

/**
 * Keeps go from directories that hold a named pipe or a device in place of a source file, and from all that import
 * them: it would open the file, and wait for whoever writes into it. Each such package has that for its error.
 *
 * @param endless the files, from the workspace's root.
 * @param scan lists directories without go.
 */
export function withoutEndless(
  dirs: readonly string[],
  endless: readonly string[],
  scan: (dirs: readonly string[]) => Listing,
): WithoutEndless {
  if (endless.length === 0) return { dirs, scanned: [] };
  const files = new Map(endless.map((file) => [posix.dirname(file), file]));
  const packages = listingOf([...scan(dirs).values()].map((pkg) => marked(pkg, files.get(pkg.dir))));
  const closures = Closures.of(packages);
  const ends = closures.packages.flatMap(({ endlessFile, importPath }) =>
    endlessFile === undefined ? [] : importPath,
  );
  const numbers = closures.numbersOf(ends);
  const wanted = new Set(dirs);
  const kept = closures.packages.filter(({ dir, importPath }) => {
    const closure = wanted.has(dir) ? closures.testClosure([importPath]) : undefined;
    return closure !== undefined && numbers.some((number) => closure.has(number));
  });
  const reached = closures.closure(kept.flatMap(({ importPath, testImports }) => [importPath, ...testImports]));
  const refused = new Set(kept.map(({ dir }) => dir));
  return { dirs: dirs.filter((dir) => !refused.has(dir)), scanned: closures.packagesIn(reached) };
}

function marked(pkg: Package, file: string | undefined): Package {
  if (file === undefined) return pkg;
  const message = `${posix.basename(file)} is a named pipe or a device, and go would wait for it: only regular files make a package`;
  return { ...pkg, endlessFile: file, errors: [{ position: file, message }] };
}
