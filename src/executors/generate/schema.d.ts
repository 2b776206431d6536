import type { GoTargetOptions } from '../task/task.js';

/** Options of `nx-gopher:generate`, see schema.json. */
export interface GenerateExecutorOptions extends GoTargetOptions {
  readonly outputs?: readonly string[];
  readonly reads?: readonly string[];
  readonly tools?: readonly string[];
}
