import type { GoTargetOptions } from '../task/task.js';

/** Options of `nx-gopher:build`, see schema.json. */
export interface BuildExecutorOptions extends GoTargetOptions {
  readonly outputPath?: string;
  readonly ldflags?: readonly string[] | string;
  readonly gcflags?: readonly string[] | string;
  readonly asmflags?: readonly string[] | string;
  readonly buildmode?: string;
  readonly trimpath?: boolean;
  readonly buildvcs?: boolean | 'auto';
  readonly pgo?: string;
}
