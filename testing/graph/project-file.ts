import type { TargetConfiguration } from '@nx/devkit';

import { ByName } from '../../src/by-name.js';
import type { ProjectFile } from '../../src/graph/projects/project-files.js';

/** What a project.json with targets and nothing else says; of those named in `inPackageJson` a package.json does. */
export function projectFileWith(
  targets: Readonly<Record<string, TargetConfiguration>>,
  inPackageJson: readonly string[] = [],
): ProjectFile {
  const none = { implicitDependencies: [], takesEdgesAway: false, hasPackageJson: false };
  return { ...none, targets: new ByName(Object.entries(targets)), inPackageJson };
}
