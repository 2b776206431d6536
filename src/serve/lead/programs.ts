import { posix } from 'node:path';

import { GoSession } from '../../executors/task/session.js';
import { decide } from '../decide/decision.js';
import type { FileSets } from '../decide/file-sets.js';
import { withParents } from '../list/paths.js';
import { Scope } from '../list/scope.js';
import type { ChangedFiles } from '../watch/changed-files.js';
import type { Main } from './main.js';

/** What a burst of changes comes to. Reasons are lines that each name a file. */
export interface Change {
  /** The programs that were served when it was taken note of. */
  readonly mains: readonly Main[];
  /** By main: why it is to be built. */
  readonly affected: ReadonlyMap<Main, readonly string[]>;
  /**
   * By main: the changed files that it is made of. None where something else may be the reason as well: a manifest, or
   * a listing that is mended.
   */
  readonly edited: ReadonlyMap<Main, readonly string[]>;
  /** By main: the files that set its environment, where these have changed. */
  readonly environment: ReadonlyMap<Main, readonly string[]>;
  /** Why the other changes concern no program. */
  readonly ignored: readonly string[];
  /** By main: what is wrong with the listing of its packages, as soon as it is. */
  readonly warnings: ReadonlyMap<Main, string>;
}

/** What is known of the served programs: how they are built, and what they are made of. */
export class Programs {
  readonly #mains = new Set<Main>();
  #scopes: ReadonlyMap<string, Scope> = new Map();
  #session: GoSession;
  /** What go says of listings that failed as a whole, by scope. */
  readonly #failures = new Map<string, string>();

  constructor(
    private readonly root: string,
    private readonly files: ChangedFiles,
  ) {
    this.#session = new GoSession(root);
  }

  /** Go's answers about its settings, as they were when the manifests last changed. */
  get session(): GoSession {
    return this.#session;
  }

  get mains(): ReadonlySet<Main> {
    return this.#mains;
  }

  add(main: Main): void {
    for (const other of this.#mains) if (other.id === main.id) this.#mains.delete(other);
    this.#mains.add(main);
  }

  delete(main: Main): void {
    this.#mains.delete(main);
  }

  /** Takes note of changes, lists what has to be listed, and decides which programs the changes concern. */
  async take(hints: readonly string[]): Promise<Change> {
    const mains = [...this.#mains];
    const changed = this.files.among(hints, (path) => this.#below(path));
    const manifests = changed.filter((path) => [...this.#scopes.values()].some((scope) => scope.isManifest(path)));
    const before = new Map(mains.map((main) => [main, this.#setsOf(main)]));
    await this.#prepare(mains, manifests.length > 0);
    await this.#list(changed, manifests);
    const environmentFiles = new Set(mains.flatMap(({ served }) => served.environmentFiles));
    const sources = changed.filter((path) => !manifests.includes(path) && !environmentFiles.has(path));
    const decided = mains.map((main) => {
      const fileSets = [...new Set([...this.#setsOf(main), ...(before.get(main) ?? [])])];
      return { id: main.id, root: main.root, importPath: main.importPath, fileSets };
    });
    const { affected, edited, ignored } = decide(sources, decided);
    const reasons = mains.flatMap((main) => {
      const own = affected.get(main.id) ?? this.#otherReasons(main, [...changed, ...hints], manifests);
      return own.length > 0 ? [[main, own] as const] : [];
    });
    const environment = mains.flatMap((main) => {
      const own = changed.filter((path) => main.served.environmentFiles.includes(path));
      return own.length > 0 ? [[main, own.map((path) => `${path}: the environment`)] as const] : [];
    });
    const warnings = this.#warnings(mains);
    const plain = manifests.length > 0 ? [] : mains.filter((main) => !main.isNew && this.#isWhole(main));
    const files = plain.flatMap((main) => (edited.has(main.id) ? [[main, edited.get(main.id) ?? []] as const] : []));
    return {
      mains,
      affected: new Map(reasons),
      edited: new Map(files),
      environment: new Map(environment),
      ignored,
      warnings,
    };
  }

  /** All directories in which a change can matter. */
  dirs(): Set<string> {
    const dirs = new Set<string>(['.']);
    const add = (dir: string): void => withParents(dir).forEach((one) => dirs.add(one));
    for (const scope of this.#scopes.values()) scope.dirs().forEach(add);
    for (const { served } of this.#mains) [served.root, ...served.environmentFiles.map(posix.dirname)].forEach(add);
    return dirs;
  }

  /** Takes files that are not known yet as they are now. @returns those that have changed since a time. */
  knowFiles(since: number): string[] {
    const ofScopes = [...this.#scopes.values()].flatMap((scope) => [...(scope.sets?.files ?? [])]);
    return this.files.know([...ofScopes, ...[...this.#mains].flatMap(({ served }) => served.environmentFiles)], since);
  }

  #below(path: string): string[] {
    return [...this.#scopes.values()].flatMap((scope) => scope.sets?.below(path) ?? []);
  }

  #setsOf(main: Main): FileSets[] {
    return this.#scopes.get(main.scope)?.setsOf(main.root, main.importPath) ?? [];
  }

  async #prepare(mains: readonly Main[], isNew: boolean): Promise<void> {
    if (isNew) this.#session = new GoSession(this.root);
    await Promise.all(mains.filter((main) => isNew || !main.task).map((main) => main.prepare(this.#session)));
  }

  async #list(changed: readonly string[], manifests: readonly string[]): Promise<void> {
    const tasks = new Map([...this.#mains].flatMap((main) => (main.task ? [[main.scope, main.task] as const] : [])));
    const scopes = [...tasks].map(async ([key, task]): Promise<[string, Scope]> => {
      const scope = await this.#scopeOf(key, task, manifests.length > 0);
      const mains = [...this.#mains].filter((main) => main.scope === key);
      const failure = await scope.update(new Map(mains.map((main) => [main.root, main.importPath])), changed);
      if (failure === undefined) this.#failures.delete(key);
      else this.#failures.set(key, failure);
      return [key, scope];
    });
    this.#scopes = new Map(await Promise.all(scopes));
  }

  /** @param isNew whether what is known of it does not hold any more, but for what was last found good. */
  async #scopeOf(key: string, task: NonNullable<Main['task']>, isNew: boolean): Promise<Scope> {
    const known = this.#scopes.get(key);
    if (known && !isNew) return known;
    const scope = { workspaceRoot: this.root, module: task.module, options: task.options };
    return new Scope(scope, await this.#session.go(), known);
  }

  /** Why a main is to be built although none of the files that it is known to be made of has changed. */
  #otherReasons(main: Main, [first]: readonly string[], manifests: readonly string[]): string[] {
    const scope = this.#scopes.get(main.scope);
    const own = manifests.filter((path) => !scope || scope.isManifest(path));
    if (own.length > 0) return own.map((path) => `${path}: ${main.root} (its modules)`);
    const isMended = main.hasFailed && this.#isWhole(main) && !main.wasWhole;
    return first !== undefined && (isMended || !scope?.sets) ? [`${first}: ${main.root}`] : [];
  }

  #isWhole(main: Main): boolean {
    return this.#scopes.get(main.scope)?.sets?.isWhole(main.importPath) ?? false;
  }

  #warnings(mains: readonly Main[]): Map<Main, string> {
    const warnings = new Map<Main, string>();
    for (const main of mains) {
      const isWhole = this.#isWhole(main);
      if (!isWhole && main.wasWhole && !main.isNew) {
        const failure = this.#failures.get(main.scope);
        const why = failure === undefined ? '' : `\n${failure}`;
        warnings.set(
          main,
          `Go cannot list all packages of ${main.root} now: the files known before count as well.${why}`,
        );
      }
      main.wasWhole = isWhole;
    }
    return warnings;
  }
}
