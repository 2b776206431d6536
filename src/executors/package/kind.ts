import type { TaskKind } from '../batch/run-tasks.js';
import { archiveTasks } from './archive-tasks.js';
import { prepareArchive, type ArchiveTask } from './prepare-archive.js';
import type { PackageExecutorOptions } from './schema.js';

export default { prepare: prepareArchive, plan: archiveTasks } satisfies TaskKind<PackageExecutorOptions, ArchiveTask>;
