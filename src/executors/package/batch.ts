import { batchExecutor } from '../batch/executors.js';
import { packageTasks } from './archive-tasks.js';
import { preparePackage } from './prepare-archive.js';

export default batchExecutor('package', { prepare: preparePackage, run: packageTasks });
