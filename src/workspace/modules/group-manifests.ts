import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, resolve } from 'node:path';

import { useDirectories } from '../../go/modules/mod-file.js';
import { toPosix } from '../../paths.js';
import { manifestDigest, type FileStates } from '../kept/snapshot.js';
import type { ModuleGroup } from '../workspace.js';

/**
 * The manifests that go reads for a group, whether they exist or not, and whether git ignores them or not: from the
 * workspace's root, those outside of it beginning with `../`.
 */
export function manifestsInForce(workspaceRoot: string, group: ModuleGroup): string[] {
  const { workFile } = group;
  const fromRoot = (path: string): string => toPosix(relative(workspaceRoot, path)) || '.';
  const used =
    workFile && existsSync(workFile)
      ? useDirectories(readFileSync(workFile, 'utf8')).map((use) => fromRoot(resolve(dirname(workFile), use)))
      : [];
  const modules = new Set([
    ...group.modules.map(({ dir }) => dir),
    ...used,
    ...group.replacements.map(({ dir }) => dir),
  ]);
  return [
    ...(workFile ? [fromRoot(workFile), fromRoot(`${workFile}.sum`)] : []),
    ...[...modules].flatMap((dir) => [posix.join(dir, 'go.mod'), posix.join(dir, 'go.sum')]),
    posix.join(group.dir, 'vendor/modules.txt'),
  ];
}

/**
 * The digest of all in the manifests that a group's listing can depend on: the text of those in force, and where there
 * are others, which take directories away from its modules.
 *
 * @param all every manifest that Nx lists.
 */
export function groupManifestsKey(
  workspaceRoot: string,
  group: ModuleGroup,
  all: readonly string[],
  states: FileStates,
): string {
  const inForce = manifestsInForce(workspaceRoot, group);
  const hash = createHash('sha1').update(join(group.dir, String(group.vendor)));
  for (const file of inForce) hash.update(`\0${file}\0${manifestDigest(states, file)}`);
  const isInGroup = (file: string): boolean =>
    group.modules.some(({ dir }) => dir === '.' || file.startsWith(`${dir}/`)) && posix.basename(file) === 'go.mod';
  for (const file of all.filter(isInGroup).sort()) hash.update(`\0${file}`);
  return hash.digest('base64');
}
