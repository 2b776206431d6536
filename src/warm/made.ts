import { actionGraph, type GoAction } from '../go/actions/action-graph.js';
import { compiledPackages } from '../go/actions/compiled-packages.js';
import { vetIds, type VetTool } from '../go/actions/vet-ids.js';
import type { BuildCache } from '../go/build-cache/build-cache.js';
import type { CompiledSources } from '../go/listing/compiled-sources.js';

/** What a go process was to make, by the names that it has in the store. */
export interface Wanted {
  readonly sources: readonly CompiledSources[];
  /** Of compiled packages, by import path as go lists it. */
  readonly keys: ReadonlyMap<string, string>;
  /** Of facts of vet. */
  readonly facts: ReadonlyMap<string, string>;
  /** Undefined where none are wanted. */
  readonly vetTool: VetTool | undefined;
  readonly cache: BuildCache;
}

/** What a go process made, or found. */
export interface Made {
  readonly importPath: string;
  readonly isFacts: boolean;
  readonly key: string | undefined;
  /** The whole id of its action; undefined for what does not lie in the cache. */
  readonly action: string | undefined;
  /** Undefined for what was found. */
  readonly milliseconds: number | undefined;
}

/**
 * What came of a go process.
 *
 * @param graph what go wrote of its actions.
 * @param actionOf the id of the action that is known of a key: it saves a look into the folders of the cache.
 */
export function madeBy(graph: string, wanted: Wanted, actionOf: (key: string) => string | undefined): Made[] {
  const { sources, keys } = wanted;
  const actions = actionGraph(graph);
  const compiles = compiledPackages(actions, sources);
  const known = [...compiles.keys()].flatMap((path) => actionOf(keys.get(path) ?? '') ?? []);
  const wholeIds = wholeIdsOf(actions, known, wanted.cache);
  const packages = [...compiles].map(([importPath, { action, milliseconds }]): Made => {
    const key = keys.get(importPath);
    return { importPath, isFacts: false, key, action: wholeIds.get(action ?? ''), milliseconds };
  });
  return [...packages, ...factsOf(actions, wanted, wholeIds)];
}

function factsOf(
  actions: readonly GoAction[],
  { facts, vetTool, cache, sources }: Wanted,
  wholeIds: ReadonlyMap<string, string>,
): Made[] {
  if (!vetTool || !actions.some(({ mode, command }) => mode === 'vet' && command !== undefined)) return [];
  const standard = new Set(sources.flatMap(({ importPath, isStandard }) => (isStandard ? [importPath] : [])));
  const outputs = new Map<string, string | undefined>();
  const output = (id: string): string | undefined => {
    if (!outputs.has(id)) outputs.set(id, cache.entry(id)?.output);
    return outputs.get(id);
  };
  const lookup = { wholeId: (beginning: string) => wholeIds.get(beginning), output };
  const ids = vetIds(actions, vetTool, lookup, (importPath) => standard.has(importPath));
  return [...ids].flatMap(([{ importPath, milliseconds }, action]): Made[] => {
    const key = facts.get(importPath);
    return key === undefined ? [] : [{ importPath, isFacts: true, key, action, milliseconds }];
  });
}

/** The whole ids of actions by their beginnings. */
function wholeIdsOf(
  actions: readonly GoAction[],
  known: readonly string[],
  cache: BuildCache,
): ReadonlyMap<string, string> {
  const found = new Map(known.map((id) => [id.slice(0, 30), id]));
  const unknown = actions.flatMap(({ action }) => (action === undefined || found.has(action) ? [] : [action]));
  for (const [beginning, id] of cache.find(unknown)) found.set(beginning, id);
  return found;
}
