// @nx/devkit has the first too, and takes a tenth of a second to load, at the end of every run.
import { cacheDir, workspaceDataDirectoryForWorkspace } from 'nx/src/utils/cache-directory.js';

/** Where Nx keeps the outputs of tasks by their hash: absolute, of the workspace in which the process was started. */
export function cacheFolder(): string {
  return cacheDir;
}

/**
 * Where Nx and plugins keep what they know of a checkout, absolute: `.nx/workspace-data`, unless the environment says
 * otherwise. `nx reset` removes it.
 */
export function workspaceDataFolder(workspaceRoot: string): string {
  return workspaceDataDirectoryForWorkspace(workspaceRoot);
}
