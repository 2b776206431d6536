import { singleExecutor } from '../batch/executors.js';
import { archiveTasks } from './archive-tasks.js';
import { prepareArchive } from './prepare-archive.js';

export default singleExecutor('package', { prepare: prepareArchive, run: archiveTasks });
