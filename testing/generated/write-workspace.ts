import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { planWorkspace, type WorkspacePlan, type WorkspaceSize } from './plan.js';
import { MODULE, sourcesOf } from './sources.js';

/** The workspaces that the benchmarks measure. */
export const SIZES = {
  small: { mains: 60, packages: 100, seed: 1 },
  medium: { mains: 300, packages: 1_000, seed: 1 },
  large: { mains: 60, packages: 2_500, seed: 1, shape: 'dense' },
} as const satisfies Readonly<Record<string, WorkspaceSize>>;

/** Workspaces of ten thousand packages, and a chain of five thousand. */
export const SHAPES = {
  real: { mains: 300, packages: 9_700, seed: 1, shape: 'real' },
  dense: { mains: 300, packages: 9_700, seed: 1, shape: 'dense' },
  chain: { mains: 3, packages: 5_000, seed: 1, shape: 'chain' },
  star: { mains: 3, packages: 9_999, seed: 1, shape: 'star' },
} as const satisfies Readonly<Record<string, WorkspaceSize>>;

/**
 * Writes a workspace of one Go module into `folder`: `mains` programs below cmd/, `packages` libraries below internal/,
 * each with four files and a test; only the standard library is imported beside. The same size gives the same files,
 * byte for byte. Nothing of Nx is written.
 *
 * @returns what was written.
 */
export function writeWorkspace(folder: string, size: WorkspaceSize): WorkspacePlan {
  const plan = planWorkspace(size);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'go.mod'), `module ${MODULE}\n\ngo 1.24\n`);
  for (const planned of [...plan.mains, ...plan.libraries]) {
    const dir = join(folder, planned.dir);
    mkdirSync(dir, { recursive: true });
    for (const [name, text] of Object.entries(sourcesOf(planned))) writeFileSync(join(dir, name), text);
  }
  return plan;
}
