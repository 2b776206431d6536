// The tree that `nx generate` hands to a generator, for those who run one without Nx's command line.
export { flushChanges, FsTree } from 'nx/src/generators/tree.js';
