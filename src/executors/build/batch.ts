import { batchExecutor } from '../batch/executors.js';
import { goTasks } from '../batch/go-tasks.js';
import { buildTasks } from './build-tasks.js';

export default batchExecutor('build', goTasks(buildTasks));
