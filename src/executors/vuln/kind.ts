import type { TaskKind } from '../batch/run-tasks.js';
import { prepareScan, type ScanTask } from './prepare-scan.js';
import { scanTasks } from './scan-tasks.js';
import type { VulnExecutorOptions } from './schema.js';

export default { prepare: prepareScan, plan: scanTasks } satisfies TaskKind<VulnExecutorOptions, ScanTask>;
