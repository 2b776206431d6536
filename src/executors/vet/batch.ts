import { batchExecutor } from '../batch/executors.js';
import { vetTasks } from './vet-tasks.js';

export default batchExecutor('vet', vetTasks);
