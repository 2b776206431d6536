import { goTasks } from '../batch/go-tasks.js';
import { formatTasks } from './format-tasks.js';

export default goTasks(formatTasks);
