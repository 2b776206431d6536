import type { Package } from './package.js';

/**
 * What a package makes go read, in words that are the same on every machine: itself, what it embeds, and the C compiler.
 */
export function packageReads({
  importPath,
  embedPatterns,
  cgo,
}: Pick<Package, 'importPath' | 'embedPatterns' | 'cgo'>): string[] {
  return [
    importPath,
    ...embedPatterns.map((pattern) => `//go:embed ${pattern} in ${importPath}`),
    ...(cgo ? [`cgo in ${importPath}`] : []),
  ];
}
