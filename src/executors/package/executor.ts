import { singleExecutor } from '../batch/executors.js';
import { packageTasks } from './package-tasks.js';
import { preparePackage } from './prepare-package.js';

export default singleExecutor('package', { prepare: preparePackage, run: packageTasks });
