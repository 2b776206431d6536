import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { BuildCache } from '../go/build-cache/build-cache.js';
import { hasFlag } from '../go/configuration/words.js';
import { compiledSources, type SourcesRequest } from '../go/listing/compiled-sources.js';
import type { GoCommand } from '../go/process/command.js';
import { guard } from '../go/process/interruption.js';
import { messageOf } from '../message-of.js';
import { cgoSettings, goSettings, vetVersion } from './key/compile-settings.js';
import { packageKeys } from './key/package-keys.js';
import { wantedKeys } from './key/wanted-keys.js';
import type { KnownPackages } from './known-packages.js';
import {
  given,
  type GivenObject,
  MOST_BYTES,
  packed,
  type ObjectSigner,
  type PackageObject,
} from './package-object.js';
import { madeBy, type Wanted } from './made.js';
import { Room } from './room.js';
import { Statistics } from './statistics.js';
import type { OpenStore } from './store/open-store.js';
import type { Store } from './store/store.js';
import { StoreHealth, sweep } from './sweep.js';
import { UNWARMED, type WarmedProcess } from './warmed-process.js';

/** Milliseconds that fetching for a go process may take, and storing at the end of a run. */
const FETCH_LIMIT = 60_000;
const STORE_LIMIT = 120_000;

/** Flags under which go finds nothing in its cache, or something else; and the one that the user may need. */
const UNWARMABLE = /^(debug-actiongraph|a|toolexec|overlay)$/;

/** A package that this run may put into the store. */
interface Harvested {
  readonly object: PackageObject;
  readonly cache: BuildCache;
}

/** What the run's go processes share of a store. */
export interface WarmContext extends OpenStore {
  readonly known: KnownPackages;
  readonly signer: ObjectSigner;
  readonly say: (text: string) => void;
}

/**
 * Lays into go's build cache what other machines have compiled, before a go process starts, and puts into the store
 * what it compiled. Whatever fails costs time alone: go compiles what it does not find.
 */
export class Warm {
  readonly statistics = new Statistics();
  readonly #health: StoreHealth;
  /** Keys that the store was asked for in this run. */
  readonly #asked = new Set<string>();
  readonly #harvest = new Map<string, Harvested>();
  #folder: { readonly path: string; readonly remove: () => void } | undefined;
  /** What is unpacked at a time, whatever the store says of sizes. */
  readonly #room = new Room(2 * MOST_BYTES);
  #graphs = 0;
  #isWarned = false;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly context: WarmContext) {
    this.#health = new StoreHealth((problem) =>
      this.#warn(`Packages are compiled here, because the store of compiled packages cannot be used: ${problem}.`),
    );
  }

  get store(): Store {
    return this.context.store;
  }

  /** Fetches what a go process needs and has not. Processes that begin together are served one after the other. */
  prepare(go: GoCommand, request: SourcesRequest): Promise<WarmedProcess> {
    const turn = this.#turn.then(() => this.#prepare(go, request));
    this.#turn = turn.catch(() => undefined);
    return turn.catch(() => UNWARMED);
  }

  async #prepare(go: GoCommand, request: SourcesRequest): Promise<WarmedProcess> {
    const { flags, where, vet } = request;
    if (this.#health.isGivenUp || hasFlag(flags, UNWARMABLE)) return UNWARMED;
    const [settings, sources, version] = await Promise.all([
      goSettings(go, request),
      compiledSources(go, request),
      vet && vetVersion(go, where),
    ]);
    if (!settings?.buildCache || settings.goflags.some((name) => UNWARMABLE.test(name))) return UNWARMED;
    const cache = new BuildCache(settings.buildCache);
    const cgo = sources.some(({ usesCgo }) => usesCgo) ? await cgoSettings(go, where) : undefined;
    const keys = packageKeys(sources, { ...settings.settings, cgo }, settings.moduleCache);
    const { compiles, facts } = wantedKeys(sources, keys, vet);
    const fetched = await this.#fetch(new Set([...compiles, ...facts.values()]), cache);
    this.#folder ??= temporaryFolder();
    const graph = join(this.#folder.path, `${this.#graphs++}.json`);
    const vetTool = version ? { goVersion: settings.goVersion, version } : undefined;
    return {
      flags: [`-debug-actiongraph=${graph}`],
      graph,
      stop: () => this.#read(graph, { sources, keys, facts, vetTool, cache }, fetched),
    };
  }

  /** Lays in what the store has of the keys. @returns the milliseconds of compiling that each saves. */
  async #fetch(keys: ReadonlySet<string>, cache: BuildCache): Promise<ReadonlyMap<string, number>> {
    const { store, known } = this.context;
    const isThere = (key: string): boolean => {
      const action = known.get(key)?.action;
      return action !== undefined && cache.has(action);
    };
    const missing = [...keys].filter((key) => !this.#asked.has(key) && !isThere(key));
    const fetched = new Map<string, number>();
    await sweep(missing, store, this.#health, FETCH_LIMIT, async (key) => {
      this.#asked.add(key);
      this.statistics.requests++;
      const content = await store.get(key);
      if (!content) return;
      this.statistics.bytesDown += content.length;
      const object = await this.#lay(key, content, cache);
      if (!object) return;
      known.set(key, { action: object.entry.action, isStored: true });
      fetched.set(key, object.milliseconds);
    });
    return fetched;
  }

  /** @returns nothing for what is not to be believed. @throws Error of the file system. */
  async #lay(key: string, content: Buffer, cache: BuildCache): Promise<PackageObject | undefined> {
    let found: GivenObject;
    try {
      found = given(key, content, this.context.signer);
    } catch (error) {
      return this.#distrust(error);
    }
    const { entry } = found.object;
    if (cache.has(entry.action)) return found.object;
    return this.#room.during(entry.size, async () => {
      const body = await found.body().catch((error: unknown) => this.#distrust(error));
      if (!body) return undefined;
      await cache.lay(entry, body);
      return found.object;
    });
  }

  #distrust(error: unknown): undefined {
    const what = `What ${this.store.name} gave for a compiled package is not used: ${messageOf(error)}`;
    this.#warn(`${what}. Such packages are compiled here.`);
  }

  /** Says the first thing that is wrong with the store, and nothing more. */
  #warn(text: string): void {
    if (!this.#isWarned) this.context.say(text);
    this.#isWarned = true;
  }

  /** Finds out what a process compiled, and what of it the store lacks. */
  #read(graph: string, wanted: Wanted, fetched: ReadonlyMap<string, number>): void {
    const { known, writes } = this.context;
    try {
      const actionOf = (key: string): string | undefined => known.get(key)?.action;
      for (const made of madeBy(readFileSync(graph, 'utf8'), wanted, actionOf)) {
        const { importPath, isFacts, key, action, milliseconds } = made;
        const saved = key === undefined ? undefined : fetched.get(key);
        const source = milliseconds !== undefined ? 'compiled' : saved === undefined ? 'there' : 'fetched';
        if (!isFacts) this.statistics.add(importPath, source, milliseconds ?? saved ?? 0);
        if (key === undefined || action === undefined) continue;
        const old = known.get(key);
        // What the store has under the key is of no use here: another one may be.
        const isStored = old?.isStored === true && old.action === action;
        known.set(key, { action, isStored });
        const entry = isStored || !writes ? undefined : wanted.cache.entry(action);
        const object = entry && { key, importPath, entry, milliseconds: milliseconds ?? 0 };
        if (object) this.#harvest.set(key, { cache: wanted.cache, object });
      }
    } catch {
      // Go was ended before it wrote it: nothing is known of what it compiled.
    }
  }

  /** Puts into the store what was compiled, and says what the store was good for. Does not throw. */
  async finish(statisticsFile?: string): Promise<void> {
    const { store, known, signer, say } = this.context;
    await this.#turn;
    await sweep([...this.#harvest], store, this.#health, STORE_LIMIT, async ([key, { object, cache }]) => {
      const content = await packed(object, await cache.body(object.entry), signer);
      if (!content) return;
      this.statistics.requests++;
      await store.put(key, content);
      this.statistics.stored++;
      this.statistics.bytesUp += content.length;
      known.set(key, { action: object.entry.action, isStored: true });
    });
    known.save();
    this.#folder?.remove();
    if (this.statistics.packages.size === 0) return;
    say(`${this.statistics.line()}.`);
    try {
      if (statisticsFile) this.statistics.write(statisticsFile, store.name);
    } catch (error) {
      say(`The statistics cannot be written: ${messageOf(error)}`);
    }
  }
}

function temporaryFolder(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'nx-gopher-actions-'));
  const abandon = (): void => rmSync(path, { recursive: true, force: true });
  const release = guard({ abandon });
  return {
    path,
    remove: () => {
      abandon();
      release();
    },
  };
}
