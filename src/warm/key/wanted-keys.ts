import { isTestMain, type CompiledSources, type SourcesRequest } from '../../go/listing/compiled-sources.js';
import { factsKeys } from './package-keys.js';

/** The names in the store of what a go process is going to use. */
export interface WantedKeys {
  readonly compiles: readonly string[];
  /** Facts of vet, by import path. */
  readonly facts: ReadonlyMap<string, string>;
}

/**
 * Of all that is listed for a go process, what it uses: the main packages of tests, and what they alone import, is not
 * vetted; and where vet runs alone, only what something imports is compiled.
 */
export function wantedKeys(
  sources: readonly CompiledSources[],
  keys: ReadonlyMap<string, string>,
  vet: SourcesRequest['vet'],
): WantedKeys {
  if (!vet) return { compiles: [...keys.values()], facts: new Map() };
  const imported = importedByChecked(sources);
  const facts = factsKeys(
    sources.filter(({ importPath }) => imported.has(importPath)),
    keys,
    vet,
  );
  const compiled = vet[0] === 'vet' ? imported : compiledForTests(sources);
  return { compiles: [...keys].flatMap(([path, key]) => (compiled.has(path) ? [key] : [])), facts };
}

/** All but packages that are compiled with their tests alone. */
function compiledForTests(sources: readonly CompiledSources[]): ReadonlySet<string> {
  const imported = new Set(sources.flatMap(({ imports }) => imports));
  const listed = new Set(sources.map(({ importPath }) => importPath));
  const isCompiled = (path: string): boolean => imported.has(path) || !listed.has(`${path} [${path}.test]`);
  return new Set([...listed].filter(isCompiled));
}

/** What packages of the workspace import, near or far. */
function importedByChecked(sources: readonly CompiledSources[]): ReadonlySet<string> {
  const imported = new Set<string>();
  // Each package stands after all that it imports.
  for (const one of [...sources].reverse()) {
    const isOwn = !one.isStandard && !one.isVersioned && !isTestMain(one);
    if (isOwn || imported.has(one.importPath)) for (const path of one.imports) imported.add(path);
  }
  return imported;
}
