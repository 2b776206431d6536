import type { GoTargetOptions } from '../task/task.js';

/** Options of `nx-gopher:format` and `nx-gopher:format-check`, see schema.json. */
export type FormatExecutorOptions = GoTargetOptions;
