import { goTasks } from '../batch/go-tasks.js';
import { buildTasks } from './build-tasks.js';

export default goTasks(buildTasks);
