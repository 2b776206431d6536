import { singleExecutor } from '../batch/executors.js';

export default singleExecutor('lint');
