import { batchExecutor } from '../batch/executors.js';
import { packageTasks } from './package-tasks.js';
import { preparePackage } from './prepare-package.js';

export default batchExecutor('package', { prepare: preparePackage, run: packageTasks });
