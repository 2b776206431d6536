import { singleExecutor } from '../batch/executors.js';
import { buildTasks } from './build-tasks.js';

export default singleExecutor('build', buildTasks);
