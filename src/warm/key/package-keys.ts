import { createHash } from 'node:crypto';
import { isAbsolute, join } from 'node:path';

import { readRegularFile } from '../../files.js';
import { isTestMain, type CompiledSources } from '../../go/listing/compiled-sources.js';

/** Moves all keys. */
const FORMAT = 'nx-gopher package 3';

/** What else decides about what is compiled. */
export interface CompileSettings {
  /** Of every package: toolchain, platform, flags. */
  readonly all: string;
  /** Of packages with C code: compiler and its flags. Without it these have no key. */
  readonly cgo: string | undefined;
  /** Of main packages, which hold what they were linked with. */
  readonly main: string;
  /** Of what is compiled for a test. */
  readonly test: string;
  /** Whether what is compiled holds no directory (`-trimpath`). */
  readonly trimsPaths: boolean;
}

/**
 * The name under which each compiled package is kept, by its import path as go lists it: a digest of its sources, those
 * of all that it imports, and the settings. So it is known before anything is compiled; go's own name for it holds
 * digests of what its imports were compiled to.
 *
 * A key that forgets something costs time and nothing else: go finds in its cache only what it would have made itself,
 * whatever lies there. Packages that import what go did not list, or whose files cannot be read, have none; nor has
 * `unsafe`, for which nothing is compiled.
 *
 * @param moduleCache GOMODCACHE, with a separator at its end.
 * @param sources as `go list -deps` orders them: each package after all that it imports.
 */
export function packageKeys(
  sources: readonly CompiledSources[],
  settings: CompileSettings,
  moduleCache: string,
): ReadonlyMap<string, string> {
  const keys = new Map<string, string>();
  for (const one of sources) {
    if (one.importPath === 'unsafe') continue;
    const imports = one.imports.filter((path) => path !== 'C' && path !== 'unsafe');
    const imported = imports.map((path) => [path, keys.get(path)]);
    const files = imported.some(([, key]) => key === undefined) ? undefined : filesOf(one, moduleCache);
    if (!files || (one.usesCgo && settings.cgo === undefined)) continue;
    const parts = [FORMAT, settings.all, one.importPath, one.module, files, one.embedPatterns, imported.sort()];
    if (one.usesCgo && settings.cgo !== undefined) parts.push(settings.cgo);
    if (one.isMain) parts.push(settings.main);
    if (isForTest(one)) parts.push(settings.test);
    if (!settings.trimsPaths && !one.isStandard) parts.push(one.dir);
    keys.set(one.importPath, createHash('sha256').update(JSON.stringify(parts)).digest('hex'));
  }
  return keys;
}

/**
 * The names under which the facts of vet are kept, by import path: of packages that do not change with the workspace.
 * Of the workspace's own, which are vetted for themselves too, go 1.26 keeps facts and findings under one name.
 *
 * @param vet the command that has vet check them, with its flags.
 */
export function factsKeys(
  sources: readonly CompiledSources[],
  keys: ReadonlyMap<string, string>,
  vet: readonly string[],
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { importPath, isStandard, isVersioned } of sources) {
    const key = isStandard || isVersioned ? keys.get(importPath) : undefined;
    if (key === undefined) continue;
    const parts = [FORMAT, 'facts', key, vet];
    found.set(importPath, createHash('sha256').update(JSON.stringify(parts)).digest('hex'));
  }
  return found;
}

/** Compiled anew for a test, or its main package. */
function isForTest(one: CompiledSources): boolean {
  return one.importPath !== one.plainPath || isTestMain(one);
}

/** The files with digests, but for those that never change; undefined where one cannot be read. */
function filesOf({ dir, files, isStandard, isVersioned }: CompiledSources, moduleCache: string): string[] | undefined {
  const isFixed = isStandard || (isVersioned && dir.startsWith(moduleCache));
  try {
    return files.flatMap((file) => {
      // What go wrote itself, the main package of a test, lies in its cache.
      const isWritten = isAbsolute(file);
      if (isFixed && !isWritten) return [];
      const digest = createHash('sha256')
        .update(readRegularFile(isWritten ? file : join(dir, file)))
        .digest('hex');
      return [isWritten ? digest : `${file} ${digest}`];
    });
  } catch {
    return undefined;
  }
}
