import { FRONT_END } from './front-end.js';
import { GO_WORK } from './go-work.js';
import { HIDDEN_INPUTS } from './hidden-inputs.js';
import type { Layout } from './layout.js';
import { REPLACED_MODULES } from './replaced-modules.js';
import { SINGLE_MODULE } from './single-module.js';
import { VENDORED } from './vendored.js';

/** Every layout. */
export const LAYOUTS: readonly Layout[] = [
  SINGLE_MODULE,
  GO_WORK,
  REPLACED_MODULES,
  VENDORED,
  HIDDEN_INPUTS,
  FRONT_END,
];
