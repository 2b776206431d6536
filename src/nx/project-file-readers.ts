import {
  buildPackageJsonPatterns,
  buildPackageJsonWorkspacesMatcher,
} from 'nx/src/plugins/package-json/create-nodes.js';
import { parseJson } from 'nx/src/utils/json.js';

/**
 * Parses JSON as Nx parses project.json: comments and commas at the end are no fault.
 *
 * @throws where Nx does.
 */
export function parseProjectFile<Content extends object>(text: string): Content {
  return parseJson<Content>(text);
}

/**
 * Tells whether Nx makes a project of a package.json by itself: whether the workspaces of npm, yarn, pnpm or lerna name
 * it.
 *
 * @param readFile gives the parsed content of a JSON file by its path from the workspace root, and `{}` where there is
 * none.
 * @returns takes the path of a package.json, relative to the workspace root with forward slashes.
 */
export function workspacePackageMatcher(
  workspaceRoot: string,
  readFile: (path: string) => object,
): (path: string) => boolean {
  const patterns = buildPackageJsonPatterns(
    workspaceRoot,
    readFile as <Content extends object>(path: string) => Content,
  );
  const matches = buildPackageJsonWorkspacesMatcher(patterns);
  return (path) => Boolean(matches(path));
}
