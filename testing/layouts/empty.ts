import type { Layout } from './layout.js';

/** Nothing but Nx and the plugin: where generators begin. */
export const EMPTY: Layout = { name: 'empty', files: {}, mains: [], tests: [] };
