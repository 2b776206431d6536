import { batchExecutor } from '../batch/executors.js';
import { goTasks } from '../batch/go-tasks.js';
import { testTasks } from './test-tasks.js';

export default batchExecutor('test', goTasks(testTasks));
