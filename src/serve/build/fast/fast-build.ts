import { rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

import { createStaging, place, type Staging } from '../../../executors/output/staging.js';
import type { GoCommand } from '../../../go/process/command.js';
import { isSameStamp, type Stamp } from '../../../workspace/kept/stamp.js';
import { CompiledPackage, NeedsGo } from './compiled-package.js';
import { link, linkIds } from './link.js';
import { stampOfFile, versionOf, type RecordedMain, type Recording } from './recording.js';
import { Slots } from './slots.js';

/** How a program was brought up to date. */
export interface FastEnd {
  readonly importPath: string;
  /** Why go has to build it. */
  readonly needsGo?: string;
}

/**
 * Builds programs from what was recorded of them: compiles what was edited, and what imports that if it offers
 * something else now, and links. The compiled packages stay here, none of them enters go's cache.
 */
export class FastBuild {
  readonly #packages: ReadonlyMap<string, CompiledPackage>;
  /** By import path: the action of the program that lies there, and the program's stamp. */
  readonly #linked: Map<string, { readonly action: string; readonly stamp: Stamp }>;
  readonly #paths: ReadonlySet<string>;
  readonly #slots = new Slots(availableParallelism());
  readonly #staging: Staging;
  #folders = 0;

  /** @param folder where it keeps what it makes. */
  constructor(
    readonly recording: Recording,
    private readonly go: GoCommand,
    folder: string,
  ) {
    const { packages, mains } = recording;
    this.#packages = new Map([...packages].map(([path, recorded]) => [path, new CompiledPackage(recorded)]));
    this.#linked = new Map([...mains].map(([path, { linked, stamp }]) => [path, { action: linked, stamp }]));
    const sources = [...packages.values()].flatMap((one) => one.sources.filter(({ isGo }) => isGo));
    this.#paths = new Set(sources.map(({ path }) => path));
    this.#staging = createStaging(folder);
    for (const compiled of this.#packages.values()) for (const file of compiled.sources) file.look();
  }

  /** Whether files are all sources of packages. @param paths absolute. */
  knows(paths: readonly string[]): boolean {
    return paths.every((path) => this.#paths.has(path));
  }

  /** Looks at all files that programs are made of. @returns why they cannot be built from what was recorded. */
  look(importPaths: readonly string[]): string | undefined {
    for (const [file, version] of this.recording.versions)
      if (versionOf(file) !== version) return `${file} has changed`;
    for (const path of this.#closure(importPaths)) {
      const compiled = this.#packages.get(path);
      const other = compiled?.sources.find((file) => file.look() === 'other');
      if (other) return `${other.path}: more than code that is compiled has changed`;
      const how = compiled?.recorded.compile;
      if (typeof how === 'string' && compiled?.isStale(this.#packages)) return `${path}: ${how}`;
    }
    return undefined;
  }

  /** Whether all that a program is made of is compiled from files as they are now. */
  isCurrent(importPath: string): boolean {
    if (this.look([importPath]) !== undefined) return false;
    return ![...this.#closure([importPath])].some((path) => this.#packages.get(path)?.isStale(this.#packages));
  }

  /** Builds programs, each told as soon as it is there. */
  async build(importPaths: readonly string[], onEnd: (end: FastEnd) => void): Promise<void> {
    const current = new Map<string, Promise<void>>();
    await Promise.all(
      importPaths.map(async (importPath) => {
        try {
          await Promise.all([...this.#closure([importPath])].map((path) => this.#current(path, current)));
          await this.#link(this.recording.mains.get(importPath));
          onEnd({ importPath });
        } catch (error) {
          onEnd({ importPath, needsGo: (error as Error).message });
        }
      }),
    );
  }

  dispose(): void {
    this.#staging.remove();
  }

  #closure(importPaths: readonly string[]): Set<string> {
    return new Set(importPaths.flatMap((path) => [...(this.recording.mains.get(path)?.closure ?? [])]));
  }

  /** Brings a package up to date, after its imports. */
  #current(path: string, current: Map<string, Promise<void>>): Promise<void> {
    const known = current.get(path);
    if (known) return known;
    const compiled = this.#packages.get(path);
    const made = (async () => {
      if (!compiled) return;
      await Promise.all(compiled.recorded.imports.map((one) => this.#current(one, current)));
      if (!compiled.isStale(this.#packages)) return;
      await this.#slots.run(() => this.#inFolder((folder) => compiled.compile(folder, this.#packages, this.recording)));
    })();
    current.set(path, made);
    return made;
  }

  async #link(main: RecordedMain | undefined): Promise<void> {
    if (!main) throw new NeedsGo('it was not recorded');
    const ids = linkIds(main, this.#packages);
    const linked = this.#linked.get(main.importPath);
    if (linked?.action === ids.action && isSameStamp(stampOfFile(main.output), linked.stamp)) return;
    const by = { go: this.go, recording: this.recording };
    await this.#slots.run(() =>
      this.#inFolder(async (folder) => {
        place(await link(main, ids, folder, this.#packages, by), main.output);
        rmSync(folder, { recursive: true });
      }),
    );
    this.#linked.set(main.importPath, { action: ids.action, stamp: stampOfFile(main.output) });
  }

  /** Runs a tool with a new folder, which goes again when it fails. */
  async #inFolder(run: (folder: string) => Promise<void>): Promise<void> {
    const folder = join(this.#staging.dir, String(this.#folders++));
    try {
      await run(folder);
    } catch (error) {
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
  }
}
