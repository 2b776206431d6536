import { goTasks } from '../batch/go-tasks.js';
import { generateTasks } from './generate-tasks.js';

export default goTasks(generateTasks);
