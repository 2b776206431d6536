import { posix } from 'node:path';

import type { TargetConfiguration } from '@nx/devkit';

export type Inputs = NonNullable<TargetConfiguration['inputs']>;

/**
 * `//go:embed` patterns as inputs from the workspace's root: the directory of a package may hold other projects, whose
 * files a `{projectRoot}` file set would not match.
 *
 * A pattern names files, or directories taken whole but for names that begin with `.` or `_` (`all:` takes those as
 * well). Go's `*`, `?` and `[…]` mean the same in Nx's globs. Go embeds what git ignores too, so each is given a second
 * time to be read from disk; that form alone would pass over projects nested below.
 *
 * @param dir the package's directory, relative to the workspace's root.
 */
export function embedInputs(dir: string, patterns: readonly string[]): Inputs {
  const globs = embedGlobs(dir, patterns);
  return [...globs, ...globs.map((fileset) => ({ fileset, includeIgnored: true }))];
}

/** The file sets of {@link embedInputs}, once. */
export function embedGlobs(dir: string, patterns: readonly string[]): string[] {
  const parsed = patterns.map((pattern) => {
    const withHidden = pattern.startsWith('all:');
    return { all: withHidden, path: posix.join(dir, withHidden ? pattern.slice(4) : pattern) };
  });
  return parsed.flatMap(({ all, path }) => {
    const others = parsed.filter((other) => other.path !== path || other.all);
    // Negations hold for the whole input: where another pattern reaches below this one, too much beats too little.
    const hides = !all && !others.some((other) => overlaps(path, other.path));
    return [
      `{workspaceRoot}/${path}`,
      `{workspaceRoot}/${path}/**/*`,
      ...(hides ? [`!{workspaceRoot}/${path}/**/{.,_}*`, `!{workspaceRoot}/${path}/**/{.,_}*/**/*`] : []),
    ];
  });
}

/** Whether one pattern's literal part lies at or below the other's. */
function overlaps(a: string, b: string): boolean {
  const [shorter, longer] = [literalPart(a), literalPart(b)].sort((x, y) => x.length - y.length) as [string, string];
  return longer === shorter || longer.startsWith(`${shorter}/`) || shorter === '';
}

/** The leading elements of a pattern that hold no wildcard. */
export function literalPart(path: string): string {
  const names = path.split('/');
  const wild = names.findIndex((name) => /[*?[]/.test(name));
  return (wild === -1 ? names : names.slice(0, wild)).join('/');
}
