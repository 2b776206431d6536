import { posix, relative, sep } from 'node:path';

/** Whether `path` is `root` or lies below it. Both absolute. */
export function isInside(root: string, path: string): boolean {
  return isInWorkspace(toPosix(relative(root, path)));
}

/**
 * Whether a path from the workspace's root, with forward slashes, stays in the workspace: neither absolute nor `../…`.
 */
export function isInWorkspace(path: string): boolean {
  return path !== '..' && !path.startsWith('../') && !path.startsWith('/') && !/^[A-Za-z]:/.test(path);
}

/**
 * A path from the root with forward slashes, `.` for the root itself; one outside of it begins with `../`. Both
 * absolute.
 */
export function fromRoot(root: string, path: string): string {
  return toPosix(relative(root, path)) || '.';
}

/** The nearest directory at or above one, both from the workspace's root, for which something holds. */
export function nearestDir(dir: string, holds: (dir: string) => boolean): string | undefined {
  for (let current = dir; ;) {
    if (holds(current)) return current;
    const above = posix.dirname(current);
    // The root of the workspace, or that of the file system.
    if (above === current) return undefined;
    current = above;
  }
}

/** A directory as go takes it for a pattern in `cwd`: `.`, `./api/server` or `../lib`. Both absolute. */
export function packagePattern(cwd: string, dir: string): string {
  const path = fromRoot(cwd, dir);
  return path === '.' || path === '..' || path.startsWith('../') ? path : `./${path}`;
}

/** A path with forward slashes, as Nx and Go write them on every system. */
export function toPosix(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/');
}
