import { posix } from 'node:path';

import type { Limits } from './sandbox.js';

/** Option `lambda` of `serve`. */
export interface LambdaSettings {
  readonly port?: number;
  readonly name?: string;
  readonly timeout?: number;
  readonly memory?: number;
}

/** The port, and the seconds and megabytes that Lambda gives a function unless it is told otherwise. */
const DEFAULTS = { port: 9001, timeout: 3, memory: 128 } as const;

/** What a function is called, where it is invoked, and what it may take; what is not said is filled in. */
export function functionSettings(
  settings: LambdaSettings,
  { project, root }: { readonly project: string; readonly root: string },
): Limits & { readonly name: string; readonly port: number } {
  return { ...DEFAULTS, name: posix.basename(root === '.' ? project : root), ...settings };
}
