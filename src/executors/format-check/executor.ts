import { singleExecutor } from '../batch/executors.js';

export default singleExecutor('format-check');
