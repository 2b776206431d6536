export type { LintExecutorOptions } from '../lint/schema.js';
