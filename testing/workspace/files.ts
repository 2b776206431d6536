import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Contents by path from the workspace root, with forward slashes. */
export type Files = Readonly<Record<string, string>>;

export function writeFiles(root: string, files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}

export function readText(root: string, path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** Replaces the one occurrence of `before`; an edit that no longer fits its layout is an error, not a no-op. */
export function replaceText(root: string, path: string, before: string, after: string): void {
  const text = readText(root, path);
  if (text.split(before).length !== 2) throw new Error(`${path} does not hold ${JSON.stringify(before)} exactly once`);
  writeFileSync(
    join(root, path),
    text.replace(before, () => after),
  );
}

/** Takes one npm package in the workspace's lock file to another version. */
export function bumpNpmPackage(root: string): void {
  const version = /("node_modules\/chalk": \{\s+"version": ")(\d+)/;
  const text = readText(root, 'package-lock.json');
  const bumped = text.replace(version, (_, before: string, major: string) => `${before}${Number(major) + 1}`);
  if (bumped === text) throw new Error('package-lock.json does not hold the package to bump');
  writeFileSync(join(root, 'package-lock.json'), bumped);
}

export function appendText(root: string, path: string, text: string): void {
  writeFileSync(join(root, path), readText(root, path) + text);
}

/** Removes a file or a directory, which has to be there. */
export function remove(root: string, path: string): void {
  rmSync(join(root, path), { recursive: true });
}
