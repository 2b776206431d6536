import { singleExecutor } from '../batch/executors.js';
import { vetTasks } from './vet-tasks.js';

export default singleExecutor('vet', vetTasks);
