import {
  chmodSync,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, posix } from 'node:path';

import type { Settings } from '../../testing/measuring/measure.js';
import type { CommandResult } from '../../testing/workspace/command.js';
import { parseSourceFile, type SourceFile } from '../../src/go/sources/source-file.js';
import { listFiles, scan, type Scan, type ScannedPackage } from './scan.js';

/** Parsed sources, kept from one mutation to the next as long as their files have the same time and size. */
export type ParsedSources = Map<string, { readonly stamp: string; readonly source: SourceFile }>;

/** Runs the go command in a directory of the workspace, under the settings in force. */
export type RunGo = (dir: string, args: readonly string[]) => Promise<CommandResult>;

/**
 * The workspace as mutations see it: what it holds, and the changes that they make. Paths are relative to the root,
 * with forward slashes. All that is changed is recorded.
 */
export class MutableWorkspace {
  private readonly touched = new Set<string>();
  private scanned: Scan | undefined;
  private readonly texts = new Map<string, string>();

  /** @param step a number that no other mutation of the run has: names made with it are new. */
  constructor(
    readonly root: string,
    readonly step: number,
    readonly settings: Settings,
    readonly go: RunGo,
    private readonly parsed: ParsedSources,
  ) {}

  /** The paths that were changed, sorted. */
  get changed(): string[] {
    return [...this.touched].sort();
  }

  get files(): readonly string[] {
    return this.scan().files;
  }

  get packages(): readonly ScannedPackage[] {
    return this.scan().packages;
  }

  get modules(): Scan['modules'] {
    return this.scan().modules;
  }

  /** A word that no mutation before has used. */
  get fresh(): string {
    return `nxg${this.step}`;
  }

  exists(path: string): boolean {
    return existsSync(join(this.root, path));
  }

  isLink(path: string): boolean {
    return lstatSync(join(this.root, path)).isSymbolicLink();
  }

  size(path: string): number {
    return this.exists(path) ? statSync(join(this.root, path)).size : 0;
  }

  /** A file's text; empty for what is none: a broken link, a link to a directory. */
  read(path: string): string {
    let text = this.texts.get(path);
    if (text === undefined) {
      const file = join(this.root, path);
      text = existsSync(file) && statSync(file).isFile() ? readFileSync(file, 'utf8') : '';
      this.texts.set(path, text);
    }
    return text;
  }

  parse(path: string): SourceFile {
    const stats = statSync(join(this.root, path), { throwIfNoEntry: false });
    const stamp = stats ? `${stats.mtimeMs} ${stats.size}` : '';
    const parsed = this.parsed.get(path);
    if (parsed?.stamp === stamp) return parsed.source;
    const source = parseSourceFile(this.read(path));
    this.parsed.set(path, { stamp, source });
    return source;
  }

  write(path: string, content: string | Buffer): void {
    const file = join(this.root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    this.record(path);
  }

  append(path: string, text: string): void {
    this.write(path, this.read(path) + text);
  }

  /** Removes a file, and the directories that are empty without it. */
  remove(path: string): void {
    rmSync(join(this.root, path), { recursive: true });
    this.removeEmpty(posix.dirname(path));
    this.record(path);
  }

  rename(from: string, to: string): void {
    mkdirSync(dirname(join(this.root, to)), { recursive: true });
    renameSync(join(this.root, from), join(this.root, to));
    this.removeEmpty(posix.dirname(from));
    this.record(from);
    this.record(to);
  }

  /**
   * Copies the Go module in a directory outside: what lies in directories of it that the copy needs not is left out.
   *
   * @returns false, and nothing is copied, when it holds more files than `limit`.
   */
  copyIn(source: string, to: string, limit: number): boolean {
    const files = listFiles(source).filter((file) => !file.split('/').includes('testdata'));
    if (files.length > limit) return false;
    for (const file of files) {
      const target = join(this.root, to, file);
      mkdirSync(dirname(target), { recursive: true });
      copyFileSync(join(source, file), target);
      // The module cache is read-only.
      chmodSync(target, 0o644);
    }
    this.record(to);
    return true;
  }

  /** Says that a path was changed by other means. */
  record(path: string): void {
    this.touched.add(path);
    this.texts.clear();
    this.scanned = undefined;
  }

  private scan(): Scan {
    return (this.scanned ??= scan(listFiles(this.root), this));
  }

  private removeEmpty(dir: string): void {
    for (let current = dir; current !== '.'; current = posix.dirname(current)) {
      if (readdirSync(join(this.root, current)).length > 0) return;
      rmdirSync(join(this.root, current));
    }
  }
}
