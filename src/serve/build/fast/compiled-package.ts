import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { exportDigest } from '../../../go/actions/archive.js';
import { hashOf, shortId } from '../../../go/actions/hash-trace.js';
import { contentIdOf } from '../../../go/binaries/build-id.js';
import { runTool } from '../../../go/process/tool.js';
import { FILE_PIECE, IMPORT_PIECE, PACKAGE_FILE, type RecordedPackage, type Recording } from './recording.js';
import type { SourceFile } from './source-file.js';

/** Thrown where only go can say what is wrong, or what is to be done. */
export class NeedsGo extends Error {}

/** A recorded package and its compiled form, which follows its sources. */
export class CompiledPackage {
  #archive: string;
  #contentId: string;
  #offer = 0;
  #digest: string | undefined;
  /** By import path: the offer of an import that it is compiled with. */
  #with = new Map<string, number>();
  #compiledFrom: string;
  #folder: string | undefined;

  constructor(readonly recorded: RecordedPackage) {
    this.#archive = recorded.archive;
    this.#contentId = recorded.contentId;
    this.#compiledFrom = this.#sourceIds;
  }

  /** The file of its compiled form. */
  get archive(): string {
    return this.#archive;
  }

  get contentId(): string {
    return this.#contentId;
  }

  get sources(): readonly SourceFile[] {
    return this.recorded.sources;
  }

  /** The id of the action that compiles it as it and its imports are now. */
  actionId(packages: ReadonlyMap<string, CompiledPackage>): string {
    const fileIds = new Map(this.sources.map(({ name, id }) => [name, id]));
    const pieces = this.recorded.pieces.map((piece) => {
      const [, name] = FILE_PIECE.exec(piece) ?? [];
      if (name !== undefined) return `file ${name} ${fileIds.get(name)}\n`;
      const [, path = ''] = IMPORT_PIECE.exec(piece) ?? [];
      const imported = packages.get(path);
      return imported ? `import ${path} ${imported.contentId}\n` : piece;
    });
    return shortId(hashOf(pieces));
  }

  /** Moves when what it offers to those that import it does. */
  get offer(): number {
    return this.#offer;
  }

  /** Whether its sources, or what its imports offer, are others than those that it was compiled from. */
  isStale(packages: ReadonlyMap<string, CompiledPackage>): boolean {
    if (this.#sourceIds !== this.#compiledFrom) return true;
    return this.recorded.imports.some((path) => (this.#with.get(path) ?? 0) !== packages.get(path)?.offer);
  }

  /** Compiles it as go would. @param folder a new one, for this alone. @throws NeedsGo */
  async compile(folder: string, packages: ReadonlyMap<string, CompiledPackage>, where: Recording): Promise<void> {
    const { compile } = this.recorded;
    if (typeof compile === 'string') throw new NeedsGo(`${this.recorded.importPath}: ${compile}`);
    this.#digest ??= exportDigest(this.#archive);
    const offers = this.recorded.imports.map((path) => [path, packages.get(path)?.offer ?? 0] as const);
    const sourceIds = this.#sourceIds;
    const actionId = this.actionId(packages);
    mkdirSync(folder);
    writeFileSync(join(folder, 'importcfg'), importcfgWith(compile.importcfg, packages));
    if (compile.embedcfg !== undefined) writeFileSync(join(folder, 'embedcfg'), compile.embedcfg);
    const id = `${actionId}/${actionId}`;
    const words = [...inFolder(compile.words, compile.work, folder, id), ...this.#goFiles];
    const { exitCode, output } = await runTool(words, { cwd: where.cwd, env: { ...where.env, ...compile.env } });
    if (exitCode !== 0 || output !== '') throw new NeedsGo(`${this.recorded.importPath} does not compile in silence`);
    // What was saved while it was compiled may be in it, and may not.
    if (this.sources.some((file) => file.look() !== 'same')) throw new NeedsGo(`${this.recorded.importPath} is edited`);
    this.#take(join(folder, '_pkg_.a'), id);
    this.#with = new Map(offers);
    this.#compiledFrom = sourceIds;
    if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true });
    this.#folder = folder;
  }

  #take(archive: string, id: string): void {
    const digest = exportDigest(archive);
    if (digest !== this.#digest) this.#offer++;
    this.#digest = digest;
    this.#contentId = contentIdOf(archive, id);
    this.#archive = archive;
  }

  get #sourceIds(): string {
    return this.sources.map(({ id }) => id).join();
  }

  get #goFiles(): string[] {
    return this.sources.filter(({ isGo }) => isGo).map(({ path }) => path);
  }
}

/** An import configuration, with the compiled packages as they are now. */
export function importcfgWith(lines: readonly string[], packages: ReadonlyMap<string, CompiledPackage>): string {
  const now = lines.map((line) => {
    const [, importPath = ''] = PACKAGE_FILE.exec(line) ?? [];
    const compiled = packages.get(importPath);
    return compiled ? `packagefile ${importPath}=${compiled.archive}` : line;
  });
  return now.map((line) => `${line}\n`).join('');
}

/** The words of a recorded command, for another folder and another build id. */
export function inFolder(words: readonly string[], work: string, folder: string, id: string): string[] {
  const flag = words.indexOf('-buildid');
  const joined = words.findIndex((word) => word.startsWith('-buildid='));
  return words.map((word, index) => {
    if (flag >= 0 && index === flag + 1) return id;
    // A later one is the user's.
    if (flag < 0 && index === joined) return `-buildid=${id}`;
    return word.replaceAll(work, folder);
  });
}
