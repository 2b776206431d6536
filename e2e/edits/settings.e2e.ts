import { SINGLE_MODULE } from '../layouts/single-module.js';
import { NX_24 } from '../workspace/nx-versions.js';
import { SETTINGS } from './settings.js';
import { describeEdits } from './table.js';

describeEdits(SINGLE_MODULE, SETTINGS, NX_24);
