import { createHash } from 'node:crypto';
import { chmodSync, lstatSync, mkdirSync, readdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';

import { readRegularFile, statOf } from '../../files.js';
import { fromRoot, isInside, toPosix } from '../../paths.js';
import { createStaging, type Staging } from '../output/staging.js';

/** A part of the workspace, copied to where nothing else of it is above: what runs there cannot reach the tree. */
export interface WorkspaceCopy {
  /** Absolute. */
  readonly root: string;
  /** A folder beside the copy. */
  readonly beside: string;
  /** By path from the root: the digests of the files as they were copied. */
  readonly before: ReadonlyMap<string, string>;
  remove(): void;
}

/** Copies files of the workspace, given by their paths from its root; vendor directories are linked. */
export function copyWorkspace(
  workspaceRoot: string,
  files: Iterable<string>,
  vendorDirs: readonly string[],
): WorkspaceCopy {
  const staging = staged();
  // Some generators take names from the directory's.
  const root = join(realpathSync(staging.dir), basename(workspaceRoot));
  const inTree = realpathSync(workspaceRoot);
  const before = new Map<string, string>();
  mkdirSync(root, { recursive: true });
  for (const path of files) {
    const source = join(workspaceRoot, path);
    const stat = statOf(source);
    // Neither Nx nor git looks through a link that leaves the workspace, and a named pipe would never end.
    if (!stat?.isFile() || !isInside(inTree, realpathSync(source))) continue;
    const content = readRegularFile(source);
    const target = join(root, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, content);
    chmodSync(target, stat.mode | 0o200);
    before.set(path, digest(content));
  }
  for (const dir of vendorDirs) {
    mkdirSync(dirname(join(root, dir)), { recursive: true });
    symlinkSync(join(workspaceRoot, dir), join(root, dir), 'junction');
  }
  return { root, beside: dirname(root), before, remove: () => staging.remove() };
}

function staged(): Staging {
  const folder = join(tmpdir(), `nx-gopher-generate-${userInfo().username}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return createStaging(folder);
}

/** The files of a copy that are not as they were copied, from its root: changed, new or deleted. */
export function changedFiles({ root, before }: WorkspaceCopy): string[] {
  const now = new Map(filesBelow(root).map((path) => [toPosix(relative(root, path)), path]));
  const changed = [...now].filter(([path, file]) => before.get(path) !== digest(readRegularFile(file)));
  const deleted = [...before.keys()].filter((path) => !now.has(path));
  return [...changed.map(([path]) => path), ...deleted].sort();
}

function filesBelow(dir: string): string[] {
  return readdirSync(dir).flatMap((name) => {
    const path = join(dir, name);
    // The link to a vendor directory, say.
    const stat = lstatSync(path);
    if (stat.isDirectory()) return filesBelow(path);
    return stat.isFile() ? [path] : [];
  });
}

function digest(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

/** A path of the workspace, absolute, in the copy. */
export function inCopy(copy: WorkspaceCopy, workspaceRoot: string, path: string): string {
  return isInside(workspaceRoot, path) ? join(copy.root, fromRoot(workspaceRoot, path)) : path;
}
