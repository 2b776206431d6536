import type { GoTargetOptions } from '../task/task.js';

/** Options of `nx-gopher:coverage`, see schema.json. */
export interface CoverageExecutorOptions extends Pick<GoTargetOptions, 'env'> {
  readonly formats?: readonly ('text' | 'html' | 'lcov' | 'cobertura')[];
  readonly outputPath?: string;
  readonly minimum?: number | Readonly<Record<string, number>>;
  readonly changed?: { readonly base: string; readonly minimum: number };
  readonly data?: readonly string[];
}
