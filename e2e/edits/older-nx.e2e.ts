import { GO_WORK } from '../../testing/layouts/go-work.js';
import { HIDDEN_INPUTS } from '../../testing/layouts/hidden-inputs.js';
import { REPLACED_MODULES } from '../../testing/layouts/replaced-modules.js';
import { SINGLE_MODULE } from '../../testing/layouts/single-module.js';
import { VENDORED } from '../../testing/layouts/vendored.js';
import { NX_23 } from '../../testing/workspace/nx-versions.js';
import type { Edit } from './edit.js';
import { GO_WORK_EDITS } from './go-work-edits.js';
import { HIDDEN_INPUT_EDITS, REPLACED_MODULE_EDITS, VENDORED_EDITS } from './other-layouts.js';
import { SETTINGS } from './settings.js';
import { SINGLE_MODULE_FILES } from './single-module-files.js';
import { SINGLE_MODULE_MANIFESTS } from './single-module-manifests.js';
import { SINGLE_MODULE_SOURCES } from './single-module-sources.js';
import { describeEdits } from './table.js';

const chosen = (...edits: (readonly Edit[])[]) => edits.flat().filter((edit) => edit.onOlderNx);

describeEdits(
  SINGLE_MODULE,
  chosen(SINGLE_MODULE_SOURCES, SINGLE_MODULE_FILES, SINGLE_MODULE_MANIFESTS, SETTINGS),
  NX_23,
);
describeEdits(GO_WORK, chosen(GO_WORK_EDITS), NX_23);
describeEdits(REPLACED_MODULES, chosen(REPLACED_MODULE_EDITS), NX_23);
describeEdits(VENDORED, chosen(VENDORED_EDITS), NX_23);
describeEdits(HIDDEN_INPUTS, chosen(HIDDEN_INPUT_EDITS), NX_23);
