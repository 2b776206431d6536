import { cpus, totalmem } from 'node:os';

import { mustRun } from '../../testing/workspace/command.js';
import { environment } from '../../testing/workspace/environment.js';

/**
 * What the figures were measured on, in words, e.g. `2 × Xeon, 23 GB; linux/x64; go1.26.8; Node 20.20.2; Nx 24.0.6`.
 */
export async function machine(nxVersion: string): Promise<string> {
  const { stdout } = await mustRun('go', ['env', 'GOVERSION'], process.cwd(), environment());
  const cores = cpus();
  return [
    `${cores.length} × ${cores[0]?.model.trim() ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GB`,
    `${process.platform}/${process.arch}`,
    stdout.trim(),
    `Node ${process.versions.node}`,
    `Nx ${nxVersion}`,
  ].join('; ');
}
