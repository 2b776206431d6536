import { goTasks } from '../batch/go-tasks.js';
import { lintTasks } from '../lint/lint-tasks.js';

export default goTasks(lintTasks);
