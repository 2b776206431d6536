import { goTasks } from '../batch/go-tasks.js';
import { checkTasks } from './check-tasks.js';

export default goTasks(checkTasks);
