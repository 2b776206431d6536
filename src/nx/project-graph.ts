import type { ProjectGraph } from '@nx/devkit';
// @nx/devkit has it too, and takes a tenth of a second to load, at the end of every run.
import { readCachedProjectGraph } from 'nx/src/project-graph/project-graph.js';

/**
 * The project graph that the command computed last, without computing it again.
 *
 * @throws Nx's own error where there is none.
 */
export function cachedProjectGraph(): ProjectGraph {
  return readCachedProjectGraph();
}
