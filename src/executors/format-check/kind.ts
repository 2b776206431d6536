import { goTasks } from '../batch/go-tasks.js';
import { formatTasks } from '../format/format-tasks.js';

export default goTasks(formatTasks);
