import { readNxJson, type Tree } from '@nx/devkit';
import { minimatch } from 'minimatch';
import { posix } from 'node:path';

import { compareGoVersions } from '../../go/modules/go-version.js';
import { isInWorkspace } from '../../paths.js';
import { directoriesWith, directoryAbove, workspaceModules, type GoModule } from '../placing/modules.js';
import { editWorkFile, readWorkFile } from '../placing/work-file.js';

/** The name under which `sync` in nx.json knows the generator. */
export const GO_WORK_SYNC = 'nx-gopher:go-work-sync';

/** What Nx's `SyncGeneratorResult` is. */
interface SyncResult {
  readonly outOfSyncMessage?: string;
  readonly outOfSyncDetails?: string[];
}

/**
 * Brings each go.work in line with the modules at and below its directory, as `nx sync` asks; `nx sync:check` fails
 * where that changes anything.
 *
 * It adds the modules that are missing, takes away directories of the workspace that are no module any more, and
 * raises the go line to the highest of the modules'. A module belongs to the nearest go.work. Directories outside of
 * the workspace stay, and what `sync.generatorOptions` excludes is not added.
 */
export async function goWorkSyncGenerator(tree: Tree): Promise<SyncResult> {
  const [modules, workDirs] = [await workspaceModules(tree), await directoriesWith(tree, 'go.work')];
  const excluded = excludedGlobs(tree);
  const details: string[] = [];
  for (const workDir of workDirs) {
    const owned = modules.filter(({ dir }) => directoryAbove(tree, dir, 'go.work') === workDir);
    const wanted = owned.filter(({ dir }) => !excluded.some((glob) => minimatch(dir, glob, { dot: true })));
    details.push(...(await syncWorkFile(tree, workDir, wanted)));
  }
  if (details.length === 0) return {};
  return { outOfSyncMessage: 'go.work does not follow the modules of the workspace.', outOfSyncDetails: details };
}

export default goWorkSyncGenerator;

/** Edits one go.work where it has to be, and says why. */
async function syncWorkFile(tree: Tree, workDir: string, modules: readonly GoModule[]): Promise<string[]> {
  const { file, goVersion, uses } = readWorkFile(tree, workDir);
  const missing = modules.filter(({ dir }) => !uses.includes(dir));
  const gone = uses.filter((dir) => isInWorkspace(dir) && !tree.exists(posix.join(dir, 'go.mod')));
  const newer = modules.filter((module) => compareGoVersions(module.goVersion, goVersion) > 0);
  const details = [
    ...missing.map(({ dir }) => `${file} does not use the module in ${dir}.`),
    ...gone.map((dir) => `${file} uses ${dir}, which is no module.`),
    ...newer.map((module) => `${file} is for Go ${goVersion || '1.18'}, and ${module.dir} for Go ${module.goVersion}.`),
  ];
  if (details.length > 0) await editWorkFile(tree, workDir, [...new Set([...missing, ...newer])], gone);
  return details;
}

/** @throws Error for a list in nx.json that is none. */
function excludedGlobs(tree: Tree): readonly string[] {
  const exclude = readNxJson(tree)?.sync?.generatorOptions?.[GO_WORK_SYNC]?.['exclude'] ?? [];
  if (Array.isArray(exclude) && exclude.every((glob) => typeof glob === 'string')) return exclude;
  throw new Error(`nx.json: "sync.generatorOptions.${GO_WORK_SYNC}.exclude" must be a list of globs.`);
}
