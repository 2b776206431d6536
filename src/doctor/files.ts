import { createHash } from 'node:crypto';
import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';

import { execa } from 'execa';

import type { Package } from '../go/listing/package.js';
import { isInside } from '../paths.js';
import { outsideIncludeDirs } from '../workspace/listing/included-headers.js';

/** What git says of the workspace. Outside of git: no commit, and nothing uncommitted or ignored. */
export class Git {
  constructor(private readonly root: string) {}

  async commit(): Promise<string> {
    return (await this.run(['rev-parse', 'HEAD'])).trim();
  }

  /** Changed, new and deleted files, relative to the root: git names them from its own top directory. */
  async uncommitted(): Promise<string[]> {
    const inRepository = (await this.run(['rev-parse', '--show-prefix'])).trim();
    const status = await this.run(['status', '--porcelain', '-z', '--no-renames', '--untracked-files=all']);
    const entries = status.split('\0').filter(Boolean);
    return entries.map((entry) => posix.relative(inRepository, entry.slice(3)));
  }

  /** Those of the paths, relative to the root, that git ignores. */
  async ignored(paths: readonly string[]): Promise<string[]> {
    if (paths.length === 0) return [];
    const output = await this.run(['check-ignore', '--stdin', '-z'], paths.join('\0'));
    return output.split('\0').filter(Boolean);
  }

  private async run(args: readonly string[], input?: string): Promise<string> {
    const options = { cwd: this.root, reject: false, ...(input === undefined ? {} : { input }) } as const;
    const { stdout, exitCode } = await execa('git', [...args], options);
    return exitCode === 0 && typeof stdout === 'string' ? stdout : '';
  }
}

/** Digests of files by path; empty for what is no file, or not there. */
export function digests(root: string, paths: readonly string[]): Record<string, string> {
  return Object.fromEntries(paths.map((path) => [path, digest(join(root, path))]));
}

/** Those of the files, relative to the root, that lie behind a link to a place outside of it: no hash covers that. */
export function outsideLinks(root: string, files: readonly string[]): string[] {
  const real = realpathSync(root);
  return files.flatMap((file) => {
    const path = join(root, file);
    const target = existsSync(path) ? realpathSync(path) : real;
    return isInside(real, target) ? [] : [`${file} is a link to ${target}`];
  });
}

/** The include directories of packages outside the workspace. No hash covers them. */
export function outsideHeaders(packages: readonly Package[]): string[] {
  const remarks = packages.flatMap((pkg) =>
    outsideIncludeDirs(pkg).map((dir) => `package ${pkg.importPath} includes headers from ${dir}`),
  );
  return [...new Set(remarks)];
}

function digest(file: string): string {
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return '';
  return createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 16);
}
