import { singleExecutor } from '../batch/executors.js';
import { testTasks } from './test-tasks.js';

export default singleExecutor('test', testTasks);
