import { relative, sep } from 'node:path';

/** Whether `path` is `root` or lies below it. Both absolute. */
export function isInside(root: string, path: string): boolean {
  const rest = relative(root, path);
  return rest === '' || (rest !== '..' && !rest.startsWith(`..${sep}`) && !/^[A-Za-z]:/.test(rest));
}

/** A path with forward slashes, as Nx and Go write them on every system. */
export function toPosix(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/');
}
