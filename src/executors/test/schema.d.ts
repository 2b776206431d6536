import type { GoTargetOptions } from '../task/task.js';

/** Options of `nx-gopher:test`, see schema.json. */
export interface TestExecutorOptions extends GoTargetOptions {
  readonly cover?: boolean;
  readonly coverProfile?: string;
  readonly coverMode?: 'set' | 'count' | 'atomic';
  readonly coverPkg?: readonly string[] | string;
  readonly run?: string;
  readonly skip?: string;
  readonly short?: boolean;
  readonly count?: number;
  readonly timeout?: string;
  readonly shuffle?: string | number | boolean;
  readonly parallel?: number;
  readonly bench?: string;
  readonly auditReads?: boolean | 'strict';
  readonly ldflags?: readonly string[] | string;
  readonly gcflags?: readonly string[] | string;
  readonly asmflags?: readonly string[] | string;
  readonly testArgs?: readonly string[] | string;
}
