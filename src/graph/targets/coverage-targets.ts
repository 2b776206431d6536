import type { TargetConfiguration } from '@nx/devkit';

import { ownExecutor, TARGET_KINDS } from '../../facts/target-kinds.js';
import { effectiveOptions } from '../options/effective-options.js';
import type { GoProject } from '../projects/projects.js';
import type { ProgramContext } from './program-targets.js';
import type { InferredTarget } from './targets.js';

/**
 * The target of a module or go.work that sums up what its tests cover, where the plugin's options ask for it. It waits
 * for the tests, whose profiles the cache restores, and is itself made anew each time: that takes no time, and the
 * lines that changed since a commit are in no hash.
 */
export function coverageTargets(
  project: GoProject,
  all: Iterable<GoProject>,
  { options, nxJson, file }: ProgramContext,
): InferredTarget[] {
  const { coverage: target, test } = options.targets;
  if (!target || !test || !project.ownsManifest) return [];
  const tested = [...all].filter((one) => one.members.length > 0 && isOf(project, one)).map(({ name }) => name);
  if (tested.length === 0) return [];
  const { problems } = effectiveOptions('coverage', target, nxJson, file, project);
  const { targetName, configurations } = target;
  return [
    {
      name: targetName,
      externalNodes: [],
      problems,
      target: {
        executor: ownExecutor('coverage'),
        cache: false,
        options: target.options,
        ...(configurations.size ? { configurations: Object.fromEntries(configurations) } : {}),
        dependsOn: [{ projects: tested.sort(), target: test.targetName }],
        metadata: { description: TARGET_KINDS.coverage.description },
      } as TargetConfiguration,
    },
  ];
}

/** A go.work sums up all its modules, a module its own packages. */
function isOf({ dir }: GoProject, { group, module }: GoProject): boolean {
  const isInWork = group?.workFile !== undefined && group.dir === dir;
  return isInWork || module?.dir === dir;
}
