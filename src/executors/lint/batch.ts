import { batchExecutor } from '../batch/executors.js';

export default batchExecutor('lint');
