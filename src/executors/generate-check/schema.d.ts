export type { GenerateExecutorOptions as GenerateCheckExecutorOptions } from '../generate/schema.js';
