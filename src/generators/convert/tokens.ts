/**
 * A path of an option as Nx hands it to an executor: with the project's directory for `{projectRoot}`, and without
 * `{workspaceRoot}/`, which stands for nothing there.
 */
export function withTokens(path: string, projectRoot: string): string {
  return path.replace(/^\{workspaceRoot\}\//, '').replaceAll('{projectRoot}', projectRoot);
}
