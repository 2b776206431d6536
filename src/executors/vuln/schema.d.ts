import type { GoTargetOptions } from '../task/task.js';

/** Options of `nx-gopher:vuln`, see schema.json. */
export interface VulnExecutorOptions extends GoTargetOptions {
  readonly mode?: 'binary' | 'source';
  readonly database?: string;
  readonly allow?: string;
  readonly reports?: readonly ('json' | 'sarif' | 'openvex')[];
}
