import { kindOfTarget } from '../../facts/target-kinds.js';
import type { GoProject } from '../projects/projects.js';
import { misplacedOutputs, withParents, type OutputOptions } from './misplaced-outputs.js';
import { outputClashes, type Writer } from './output-clashes.js';
import type { InferredTarget } from './targets.js';

/** A project and the targets that are inferred for it. */
export interface ProjectTargets {
  readonly project: GoProject;
  readonly targets: readonly InferredTarget[];
}

/**
 * The targets that must not run, because they would destroy what another one writes, or what is no output.
 *
 * @param inferred all Go projects of the workspace.
 * @returns by id of the target, why and what makes it right.
 */
export function outputRefusals(inferred: readonly ProjectTargets[]): ReadonlyMap<string, string> {
  const dirs = withParents(inferred.map(({ project }) => project.dir));
  return new Map([
    ...outputClashes(inferred.flatMap(writersOf)),
    ...misplacedOutputs(inferred.flatMap(outputOptionsOf), dirs),
  ]);
}

function writersOf({ project: { dir, name }, targets }: ProjectTargets): Writer[] {
  return targets.flatMap(({ name: targetName, target, writes }): Writer[] => {
    const outputPath = kindOfTarget(target) === 'package' ? 'directory' : 'file';
    return writes ? [{ root: dir, id: `${name}:${targetName}`, targetName, outputPath, paths: writes }] : [];
  });
}

function outputOptionsOf({ project: { dir, name }, targets }: ProjectTargets): OutputOptions[] {
  return targets.flatMap(({ name: targetName, writes = [], optionPaths }): OutputOptions[] => {
    const identity = { root: dir, id: `${name}:${targetName}`, targetName };
    return [optionPaths ? { ...identity, ...optionPaths } : { ...identity, paths: writes, option: 'outputPath' }];
  });
}
