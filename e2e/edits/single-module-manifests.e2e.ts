import { SINGLE_MODULE } from '../layouts/single-module.js';
import { NX_24 } from '../workspace/nx-versions.js';
import { SINGLE_MODULE_MANIFESTS } from './single-module-manifests.js';
import { describeEdits } from './table.js';

describeEdits(SINGLE_MODULE, SINGLE_MODULE_MANIFESTS, NX_24);
