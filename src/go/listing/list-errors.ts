import { isAbsolute, join, posix, sep } from 'node:path';

import { textOf } from '../../files.js';
import { toPosix } from '../../paths.js';
import { readConstraint } from '../sources/constraint-lines.js';
import type { PackageError } from './package.js';

/** An error as `go list -json` gives it. */
export interface RawError {
  readonly Pos?: string;
  readonly Err: string;
  readonly ImportStack?: string[];
}

/** Where go ran, from the workspace's root with forward slashes, `` for the root, and the root's absolute paths. */
export interface ListedIn {
  readonly cwd: string;
  readonly roots: readonly string[];
}

/** What go says of a build constraint that it cannot read: the file, and no line. */
const CONSTRAINT = /^([^/\\:\s]+): (parsing \/\/go:build line: .*|multiple \/\/go:build comments)$/s;

/**
 * An error with its position from the workspace's root: go gives it from the directory that it runs in. Go names some
 * directories in full; an error is part of a hash, which may hold no path of the machine.
 *
 * @param dir the package's directory, absolute.
 */
export function toPackageError(raw: RawError, dir: string, { cwd, roots }: ListedIn): PackageError {
  const withoutRoots = (text: string): string => roots.reduce((all, root) => all.replaceAll(root + sep, ''), text);
  const message = withoutRoots(raw.Err);
  if (raw.Pos) return { position: positionFromRoot(withoutRoots(raw.Pos), raw.Pos, cwd), message };
  const [, file, reason] = CONSTRAINT.exec(message) ?? [];
  if (file === undefined || reason === undefined) return { position: '', message };
  const path = join(dir, file);
  const { error } = readConstraint(textOf(path) ?? '');
  return { position: `${toPosix(withoutRoots(path))}:${error?.line ?? 1}`, message: reason };
}

function positionFromRoot(position: string, written: string, cwd: string): string {
  return isAbsolute(written) ? toPosix(position) : posix.join(cwd, toPosix(position));
}

/** A message of go with the paths of manifests from the workspace's root, `m2/go.mod:5` for `go.mod:5`. */
export function manifestsFromRoot(message: string, cwd: string): string {
  const manifest = /(?<=^|[\s(])(?:[^\s:()]*\/)?go\.(?:mod|sum|work\.sum|work)(?=:)/gm;
  return message.replace(manifest, (path) => (isAbsolute(path) ? path : posix.join(cwd, path)));
}
