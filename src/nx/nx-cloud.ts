import { readNxJson } from 'nx/src/config/nx-json.js';
import { isNxCloudUsed } from 'nx/src/utils/nx-cloud-utils.js';

/** Whether the workspace's tasks ask Nx Cloud for results, by what nx.json and the environment say. */
export function usesNxCloud(workspaceRoot: string): boolean {
  return isNxCloudUsed(readNxJson(workspaceRoot) ?? {});
}
