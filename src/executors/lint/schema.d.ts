import type { Linter } from '../../go/linting/linters.js';
import type { GoTargetOptions } from '../task/task.js';

/** Options of `nx-gopher:lint` and `nx-gopher:lint-fix`, see schema.json. */
export interface LintExecutorOptions extends GoTargetOptions {
  readonly linter?: Linter;
  readonly reports?: readonly 'sarif'[];
  readonly annotations?: 'github';
}
