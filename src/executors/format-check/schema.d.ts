export type { FormatExecutorOptions } from '../format/schema.js';
