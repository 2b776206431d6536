import { batchExecutor } from '../batch/executors.js';
import { buildTasks } from './build-tasks.js';

export default batchExecutor('build', buildTasks);
