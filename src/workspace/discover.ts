import { posix } from 'node:path';

import { minimatch } from 'minimatch';

import { nearestDir } from '../paths.js';
import { SOURCE_KINDS } from '../go/sources/source-kinds.js';
import { GOLANGCI_FILES } from '../go/linting/linters.js';
import { workspaceFiles } from '../nx/workspace-files.js';

/** Files whose change Nx counts as configuration of the project that owns them; all that createNodes is called with. */
export const MANIFEST_GLOB = '**/{go.mod,go.sum,go.work,go.work.sum,vendor/modules.txt}';

/** The workspace's Go directories, relative to its root with forward slashes, `.` for the root itself; sorted. */
export interface Discovered {
  readonly moduleDirs: readonly string[];
  readonly workDirs: readonly string[];
  /** Directories with Go files, by the directory of the module they belong to. */
  readonly packageDirs: ReadonlyMap<string, readonly string[]>;
  /** Every source file that Nx lists. */
  readonly sources: ReadonlySet<string>;
  /** Directories with a project.json or package.json, which may say more of a project. */
  readonly configuredDirs: ReadonlySet<string>;
  /** Configurations of golangci-lint. */
  readonly linterFiles: readonly string[];
}

export interface Selection {
  /** Globs over package directories, relative to the workspace's root; empty means all. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

/**
 * Finds modules and package directories from Nx's own list of the workspace's files, so that what git and .nxignore
 * ignore is left out, and so is what the go command's patterns leave out: vendor, testdata, `_x` and `.x`.
 *
 * @param manifests what createNodes was called with: the files that match {@link MANIFEST_GLOB}.
 */
export async function discover(
  workspaceRoot: string,
  manifests: readonly string[],
  selection: Selection,
): Promise<Discovered> {
  const globs = [`**/*.{${SOURCE_KINDS.join(',')}}`, '**/{project,package}.json', `**/{${GOLANGCI_FILES.join(',')}}`];
  const files = await workspaceFiles(workspaceRoot, globs);
  return arrange(manifests, files, selection);
}

/**
 * The pure part of {@link discover}.
 *
 * @param files source files, project.json and package.json files, configurations of golangci-lint.
 */
export function arrange(manifests: readonly string[], files: readonly string[], selection: Selection): Discovered {
  const isLinterFile = (file: string): boolean => GOLANGCI_FILES.includes(posix.basename(file));
  const isSource = (file: string): boolean => !file.endsWith('.json') && !isLinterFile(file);
  const sources = files.filter(isSource);
  const linterFiles = files.filter(isLinterFile).sort();
  const configuring = files.filter((file) => !isSource(file) && !isLinterFile(file));
  const configuredDirs = new Set(configuring.map((file) => posix.dirname(file)));
  const dirsOf = (name: string): string[] =>
    manifests
      .filter((file) => posix.basename(file) === name)
      .map((file) => posix.dirname(file))
      .filter(isGoDirectory)
      .sort();
  const moduleDirs = dirsOf('go.mod');
  const modules = new Set(moduleDirs);
  const packageDirs = new Map(moduleDirs.map((dir): [string, string[]] => [dir, []]));
  for (const dir of new Set(sources.filter((file) => file.endsWith('.go')).map((file) => posix.dirname(file)))) {
    const moduleDir = nearestDir(dir, (above) => modules.has(above));
    if (moduleDir !== undefined && isGoDirectory(dir) && isSelected(dir, selection))
      packageDirs.get(moduleDir)?.push(dir);
  }
  for (const dirs of packageDirs.values()) dirs.sort();
  return {
    moduleDirs,
    workDirs: dirsOf('go.work'),
    packageDirs,
    sources: new Set(sources),
    configuredDirs,
    linterFiles,
  };
}

/**
 * Whether the go command and the plugin look into a directory of the workspace: not into vendor, testdata, `_x` and
 * `.x`.
 */
export function isGoDirectory(dir: string): boolean {
  return !dir.split('/').some((name) => /^(vendor|testdata|node_modules|_.*|\..+)$/.test(name));
}

function isSelected(dir: string, { include, exclude }: Selection): boolean {
  const matches = (glob: string): boolean => minimatch(dir, glob, { dot: true });
  return (include.length === 0 || include.some(matches)) && !exclude.some(matches);
}
