import type { GoTargetOptions } from '../task/task.js';

/** Options of `nx-gopher:vet`, see schema.json. */
export interface VetExecutorOptions extends GoTargetOptions {
  readonly vettool?: string;
}
