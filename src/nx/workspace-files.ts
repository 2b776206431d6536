import { getAllFileDataInContext, globWithWorkspaceContext } from 'nx/src/utils/workspace-context.js';

/**
 * The files that Nx lists and that match one of the globs, relative to the workspace root with forward slashes. What
 * git and .nxignore ignore is not among them. The daemon answers where it runs, else a walk of the disk, once per
 * process.
 */
export function workspaceFiles(workspaceRoot: string, globs: string[]): Promise<string[]> {
  return globWithWorkspaceContext(workspaceRoot, globs);
}

/** Every file that Nx lists; as {@link workspaceFiles} otherwise. */
export async function allWorkspaceFiles(workspaceRoot: string): Promise<string[]> {
  return (await getAllFileDataInContext(workspaceRoot)).map(({ file }) => file);
}
