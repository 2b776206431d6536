import { GO_WORK } from '../../testing/layouts/go-work.js';
import { NX_24 } from '../../testing/workspace/nx-versions.js';
import { GO_WORK_EDITS } from './go-work-edits.js';
import { describeEdits } from './table.js';

describeEdits(GO_WORK, GO_WORK_EDITS, NX_24);
