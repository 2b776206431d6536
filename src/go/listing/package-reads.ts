import type { Package } from './package.js';

/** What {@link packageReads} goes by. */
export type PackageSources = Pick<
  Package,
  'importPath' | 'embedPatterns' | 'testEmbedPatterns' | 'cgo' | 'standardCgo' | 'testStandardCgo'
>;

/**
 * What a package makes go read, in words that are the same on every machine: itself, what it embeds, and the C
 * compiler.
 *
 * @param tests whether its tests count.
 */
export function packageReads(pkg: PackageSources, tests: boolean): string[] {
  const { importPath, embedPatterns, testEmbedPatterns, cgo, standardCgo, testStandardCgo } = pkg;
  return [
    importPath,
    ...[...embedPatterns, ...(tests ? testEmbedPatterns : [])].map(
      (pattern) => `//go:embed ${pattern} in ${importPath}`,
    ),
    ...(cgo ? [`cgo in ${importPath}`] : []),
    ...(standardCgo || (tests && testStandardCgo) ? [`cgo of the standard library in ${importPath}`] : []),
  ];
}
