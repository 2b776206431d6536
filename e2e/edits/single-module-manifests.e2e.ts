import { SINGLE_MODULE } from '../../testing/layouts/single-module.js';
import { NX_24 } from '../../testing/workspace/nx-versions.js';
import { SINGLE_MODULE_MANIFESTS } from './single-module-manifests.js';
import { describeEdits } from './table.js';

describeEdits(SINGLE_MODULE, SINGLE_MODULE_MANIFESTS, NX_24);
