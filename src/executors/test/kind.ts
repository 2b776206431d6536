import { goTasks } from '../batch/go-tasks.js';
import { testTasks } from './test-tasks.js';

export default goTasks(testTasks);
