import type { NxJsonConfiguration } from '@nx/devkit';
import { nxVersion } from 'nx/src/utils/versions.js';

/**
 * The first Nx in which `nx affected` goes by the inputs of tasks, and an input can be that of other projects'
 * dependencies.
 */
const FIRST = 24;

/**
 * Whether `nx affected` selects the tasks whose inputs a change reaches; else it selects projects, along the edges
 * between them. As Nx tells it (`selectsAffectedTasks`), which before 24 had no choice.
 */
export function selectsTasks({ affected }: NxJsonConfiguration, env: NodeJS.ProcessEnv = process.env): boolean {
  if (Number.parseInt(nxVersion, 10) < FIRST) return false;
  const setting = env['NX_LEGACY_AFFECTED'];
  if (setting === 'true' || setting === 'false') return setting === 'false';
  return affected?.legacy !== true;
}
