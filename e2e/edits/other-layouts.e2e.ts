import { HIDDEN_INPUTS } from '../../testing/layouts/hidden-inputs.js';
import { REPLACED_MODULES } from '../../testing/layouts/replaced-modules.js';
import { VENDORED } from '../../testing/layouts/vendored.js';
import { NX_24 } from '../../testing/workspace/nx-versions.js';
import { HIDDEN_INPUT_EDITS, REPLACED_MODULE_EDITS, VENDORED_EDITS } from './other-layouts.js';
import { describeEdits } from './table.js';

describeEdits(REPLACED_MODULES, REPLACED_MODULE_EDITS, NX_24);
describeEdits(VENDORED, VENDORED_EDITS, NX_24);
describeEdits(HIDDEN_INPUTS, HIDDEN_INPUT_EDITS, NX_24);
