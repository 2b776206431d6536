import { SINGLE_MODULE } from '../../testing/layouts/single-module.js';
import { NX_24 } from '../../testing/workspace/nx-versions.js';
import { SETTINGS } from './settings.js';
import { describeEdits } from './table.js';

describeEdits(SINGLE_MODULE, SETTINGS, NX_24);
