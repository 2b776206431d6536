import { randomBytes } from 'node:crypto';

import { hasFlag } from '../../go/configuration/words.js';
import { actionGraph, type GoAction } from '../../go/actions/action-graph.js';
import { vetIds, vetOutputId } from '../../go/actions/vet-ids.js';
import { BuildCache } from '../../go/build-cache/build-cache.js';
import { runGo, type GoCommand, type GoRunOptions } from '../../go/process/command.js';

/** A run of `go vet` that has ended. */
export interface EndedVet {
  /** What go wrote of its actions. */
  readonly graph: string;
  /** The packages that it was told to vet. */
  readonly importPaths: ReadonlySet<string>;
  /** The flags that vet itself knows. */
  readonly toolFlags: readonly string[];
  readonly where: GoRunOptions;
}

/** Packages to be vetted again, and the flags that make go do it. */
export interface VetAgain {
  readonly importPaths: readonly string[];
  readonly flags: readonly string[];
}

/**
 * Packages of which go told nothing though it may have found something.
 *
 * Since 1.26 go keeps what vet finds out about a package that others import (facts alone: it looks for nothing wrong)
 * under the same id as what it finds in one that is vetted itself. So after `go vet ./user` a `go vet ./used` takes the
 * former for the latter, and says that all is well. Such entries are taken out of go's cache here.
 */
export async function unseenFindings(go: GoCommand, ended: EndedVet): Promise<VetAgain | undefined> {
  const { graph, importPaths, where } = ended;
  const actions = actionGraph(graph);
  const found = actions.filter((one) => one.mode === 'vet' && isTakenFromCache(one) && importPaths.has(one.importPath));
  if (found.length === 0) return undefined;
  const cache = hasFlag(ended.toolFlags, /^vettool$/) ? undefined : await buildCache(go, where);
  if (!cache) return { importPaths: pathsOf(found), flags: flagsNeverGiven() };
  const ids = await idsOf(actions, cache, go, ended);
  const unseen = found.filter((one) => {
    const id = ids.get(one);
    if (id === undefined) return wasImported(one, cache);
    return !((cache.entry(vetOutputId(id))?.size ?? 0) > 0);
  });
  if (unseen.length === 0) return undefined;
  const unseenIds = unseen.map((one) => ids.get(one));
  for (const id of unseenIds) if (id !== undefined) cache.forget(id);
  return { importPaths: pathsOf(unseen), flags: unseenIds.includes(undefined) ? flagsNeverGiven() : [] };
}

function pathsOf(actions: readonly GoAction[]): string[] {
  return [...new Set(actions.map(({ importPath }) => importPath))];
}

/** Whether its compile is kept: go does not compile what it only vets. */
function wasImported({ needs: [compile] }: GoAction, cache: BuildCache): boolean {
  return cache.find([compile?.action ?? '']).size > 0;
}

/** Flags without effect. Go has nothing in its cache for them, and so vets all that is imported again. */
function flagsNeverGiven(): string[] {
  return Array.from(randomBytes(48), (byte) => `-source=${byte % 2}`);
}

/** What did not compile was not vetted either: its compile ran. */
function isTakenFromCache({ isFactsOnly, command, needs: [compile] }: GoAction): boolean {
  return !isFactsOnly && command === undefined && compile?.isFailed === false;
}

async function idsOf(
  actions: readonly GoAction[],
  cache: BuildCache,
  go: GoCommand,
  { toolFlags, where }: EndedVet,
): Promise<ReadonlyMap<GoAction, string>> {
  const [tool, listed, named] = await Promise.all([
    runGo(go, ['tool', 'vet', '-V=full'], where),
    runGo(go, ['list', 'std'], where),
    runGo(go, ['env', 'GOVERSION'], where),
  ]);
  const standard = new Set(listed.stdout.split(/\r?\n/));
  const wholeIds = cache.find(actions.flatMap(({ action }) => action ?? []));
  const lookup = {
    wholeId: (beginning: string) => wholeIds.get(beginning),
    output: (id: string) => cache.entry(id)?.output,
  };
  const own = [...toolFlags, '-json'];
  const flags = [own, toolFlags.length > 0 ? own : ['-unsafeptr=false']] as const;
  const goVersion = named.stdout.trim().replace(/ X:.*/, '');
  return vetIds(actions, { goVersion, version: tool.stdout.trim(), flags }, lookup, (path) => standard.has(path));
}

/** Undefined where a program of the user's stands in for go's own cache. */
async function buildCache(go: GoCommand, where: GoRunOptions): Promise<BuildCache | undefined> {
  const { stdout } = await runGo(go, ['env', 'GOCACHE', 'GOCACHEPROG'], where);
  const [dir = '', program = ''] = stdout.split(/\r?\n/);
  return dir === '' || program !== '' ? undefined : new BuildCache(dir);
}
