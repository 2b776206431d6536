import { batchExecutor } from '../batch/executors.js';
import { testTasks } from './test-tasks.js';

export default batchExecutor('test', testTasks);
