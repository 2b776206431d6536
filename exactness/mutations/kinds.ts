import { BODIES } from './bodies.js';
import { BREAKAGES } from './breakages.js';
import { CONSTRAINTS } from './constraints.js';
import { EMBEDS } from './embeds.js';
import { FILES } from './files.js';
import { FOREIGN_CODE } from './foreign-code.js';
import { GO_WORK } from './go-work.js';
import { IMPORTS } from './imports.js';
import type { Kind } from './kind.js';
import { MANIFESTS } from './manifests.js';
import { OTHER_FILES } from './other-files.js';
import { PACKAGES } from './packages.js';
import { SETTINGS } from './settings.js';
import { TESTS } from './tests.js';
import { VENDORING } from './vendoring.js';

/** Every kind of change that can happen to a Go repository. */
export const KINDS: readonly Kind[] = [
  ...BODIES,
  ...IMPORTS,
  ...FILES,
  ...PACKAGES,
  ...TESTS,
  ...EMBEDS,
  ...FOREIGN_CODE,
  ...CONSTRAINTS,
  ...MANIFESTS,
  ...GO_WORK,
  ...VENDORING,
  ...SETTINGS,
  ...OTHER_FILES,
  ...BREAKAGES,
];
