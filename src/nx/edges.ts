import type { RawProjectGraphDependency } from '@nx/devkit';
import { DependencyType } from 'nx/src/config/project-graph.js';

/** A dependency between two projects, by name, that comes from no one file: Nx keeps none of them from run to run. */
export function implicitEdge(source: string, target: string): RawProjectGraphDependency {
  return { source, target, type: DependencyType.implicit };
}
