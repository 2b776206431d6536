import { existsSync } from 'node:fs';
import { isAbsolute, relative, resolve } from 'node:path';

import { isInside, toPosix } from '../../paths.js';

/**
 * `vet: ./x.go:3:5: …`, `../b/y.go:7: …`, `/w/a/x.go:1:1: …`, `C:\w\a\x.go:1:1: …`, with or without a leading blank.
 */
const POSITION = /^(\s*(?:vet: )?)((?:[A-Za-z]:)?[^\s:"'`][^:"'`\n]*\.[A-Za-z]+)(:\d+)/gm;

/**
 * Rewrites the file positions at the line starts of go's messages: go writes them relative to the directory it runs
 * in, the reader stands in the workspace root. What is no file of the workspace stays as it is.
 */
export function pathsFromWorkspaceRoot(
  text: string,
  cwd: string,
  workspaceRoot: string,
  exists: (path: string) => boolean = existsSync,
): string {
  return text.replace(POSITION, (whole: string, before: string, path: string, line: string) => {
    const absolute = isAbsolute(path) ? path : resolve(cwd, path);
    if (!isInside(workspaceRoot, absolute) || !exists(absolute)) return whole;
    const shown = toPosix(relative(workspaceRoot, absolute));
    // As go does for a file in its own directory.
    return `${before}${shown.includes('/') || !path.startsWith('./') ? shown : `./${shown}`}${line}`;
  });
}
