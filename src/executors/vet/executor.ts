import { singleExecutor } from '../batch/executors.js';
import { goTasks } from '../batch/go-tasks.js';
import { vetTasks } from './vet-tasks.js';

export default singleExecutor('vet', goTasks(vetTasks));
