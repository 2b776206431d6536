import { goTasks } from '../batch/go-tasks.js';
import { vetTasks } from './vet-tasks.js';

export default goTasks(vetTasks);
