import type { NxJsonConfiguration } from '@nx/devkit';

import { COMPILED_KINDS } from '../../facts/target-kinds.js';
import { isLeftOut, type Package } from '../../go/listing/package.js';
import { packagesByDir } from '../../workspace/listing/closure.js';
import type { GroupListing, ModuleGroup, Workspace } from '../../workspace/workspace.js';
import { buildConfigurationsOf, effectiveOptions } from './effective-options.js';
import type { PluginOptions } from './options.js';
import { targetsOfKind } from './targets-of-kind.js';
import type { ProjectFile } from '../projects/project-files.js';

/**
 * Packages whose files all shared build configurations exclude, as the configurations in the directory's own
 * project.json see them: a main for a single platform, say.
 *
 * @param bases the listings under the shared build configurations.
 * @returns packages by directory.
 */
export async function packagesOfOwnConfigurations(
  workspace: Workspace,
  options: PluginOptions,
  nxJson: NxJsonConfiguration,
  files: ReadonlyMap<string, ProjectFile>,
  bases: ReadonlyMap<ModuleGroup, readonly GroupListing[]>,
): Promise<ReadonlyMap<string, Package>> {
  const found = new Map<string, Package>();
  const listIn = async (group: ModuleGroup, dir: string, file: ProjectFile): Promise<void> => {
    const project = { dir, name: file.name ?? dir };
    const configurations = COMPILED_KINDS.flatMap((kind) =>
      targetsOfKind(kind, options, file).flatMap((target) =>
        buildConfigurationsOf(effectiveOptions(kind, target, nxJson, file, project)),
      ),
    );
    for (const configuration of configurations) {
      const { packages } = await workspace.list(group, configuration, [dir]);
      const pkg = packagesByDir(packages).get(dir);
      if (pkg && !isLeftOut(pkg) && !found.has(dir)) found.set(dir, pkg);
    }
  };
  const leftOut = workspace.groups.flatMap((group) => {
    const listings = (bases.get(group) ?? []).map(({ packages }) => packagesByDir(packages));
    return group.modules
      .flatMap((module) => module.packageDirs)
      .filter((dir) => listings.every((packages) => isLeftOutIn(packages, dir)))
      .map((dir) => ({ group, dir, file: files.get(dir) }));
  });
  const listed = leftOut.map(({ group, dir, file }) => (file ? [listIn(group, dir, file)] : []));
  await Promise.all(listed.flat());
  return found;
}

function isLeftOutIn(packages: ReadonlyMap<string, Package>, dir: string): boolean {
  const pkg = packages.get(dir);
  return pkg !== undefined && isLeftOut(pkg);
}
