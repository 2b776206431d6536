import { createHash } from 'node:crypto';
import { join, posix } from 'node:path';

import { fromRoot } from '../../paths.js';
import type { ModuleGroup } from '../workspace.js';
import type { Manifests } from './manifests.js';
import { usedDirectories } from './module-context.js';

/**
 * The manifests that go reads for a group, whether they exist or not, and whether git ignores them or not: from the
 * workspace's root, those outside of it beginning with `../`.
 */
export function manifestsInForce(group: Omit<ModuleGroup, 'linkedManifests'>, manifests: Manifests): string[] {
  const { workFile } = group;
  const { root } = manifests;
  const used = workFile ? usedDirectories(workFile, manifests).map((dir) => fromRoot(root, dir)) : [];
  const modules = new Set([
    ...group.modules.map(({ dir }) => dir),
    ...used,
    ...group.replacements.map(({ dir }) => dir),
  ]);
  return [
    ...(workFile ? [fromRoot(root, workFile), fromRoot(root, `${workFile}.sum`)] : []),
    ...[...modules].flatMap((dir) => [posix.join(dir, 'go.mod'), posix.join(dir, 'go.sum')]),
    posix.join(group.dir, 'vendor/modules.txt'),
  ];
}

/**
 * The manifests in force that symbolic links lead to, with the directory that each is in force for. Nx tells a changed
 * manifest by its name: that the file behind a link has changed it has to be told.
 */
export function linkedManifests(
  group: Omit<ModuleGroup, 'linkedManifests'>,
  manifests: Manifests,
): ModuleGroup['linkedManifests'] {
  return manifestsInForce(group, manifests).flatMap((file) => {
    const { target } = manifests.at(file);
    const dir = posix.dirname(file);
    return target === undefined ? [] : [{ dir: posix.basename(file) === 'modules.txt' ? group.dir : dir, target }];
  });
}

/**
 * The digest of all in the manifests that a group's listing can depend on: the text of those in force, and where there
 * are others, which take directories away from its modules.
 *
 * @param listed every manifest that Nx lists.
 */
export function groupManifestsKey(group: ModuleGroup, listed: readonly string[], manifests: Manifests): string {
  const hash = createHash('sha1').update(join(group.dir, String(group.vendor)));
  for (const file of manifestsInForce(group, manifests)) hash.update(`\0${file}\0${manifests.at(file).digest}`);
  const isInGroup = (file: string): boolean =>
    group.modules.some(({ dir }) => dir === '.' || file.startsWith(`${dir}/`)) && posix.basename(file) === 'go.mod';
  for (const file of listed.filter(isInGroup).sort()) hash.update(`\0${file}`);
  return hash.digest('base64');
}
