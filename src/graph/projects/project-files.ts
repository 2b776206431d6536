import { join, posix } from 'node:path';

import type { NxJsonConfiguration, ProjectConfiguration, TargetConfiguration } from '@nx/devkit';

import { ByName, ownValue, type ReadonlyByName } from '../../by-name.js';
import { textOf } from '../../files.js';
import { parseProjectFile, workspacePackageMatcher } from '../../nx/project-file-readers.js';

/** What a directory's own project.json and package.json say of the project: Nx lays it over what the plugin infers. */
export interface ProjectFile {
  readonly name?: string;
  readonly implicitDependencies: readonly string[];
  /** Whether it names, with a `!`, dependencies that the project shall not have. */
  readonly takesEdgesAway: boolean;
  /** Whether there is a package.json, in which Nx looks for dependencies on other projects. */
  readonly hasPackageJson: boolean;
  readonly targets: ReadonlyByName<TargetConfiguration>;
  /** The names of targets that package.json configures, and project.json does not. */
  readonly inPackageJson?: readonly string[];
  /** The scripts of package.json of which Nx makes targets. */
  readonly scripts?: readonly string[];
}

interface PackageJson {
  readonly name?: string;
  readonly scripts?: object;
  readonly nx?: Partial<ProjectConfiguration> & { readonly includedScripts?: readonly string[] };
}

/**
 * Reads the project.json and package.json of directories, as far as Nx will take them for the same projects: a
 * package.json counts when npm workspaces name it or a project.json lies next to it.
 *
 * A file that is not JSON is left to Nx, which reports it with its line.
 */
export function readProjectFiles(workspaceRoot: string, dirs: Iterable<string>): Map<string, ProjectFile> {
  const isWorkspacePackage = workspacePackageMatcher(
    workspaceRoot,
    (file) => readJson(join(workspaceRoot, file)) ?? {},
  );
  const files = new Map<string, ProjectFile>();
  for (const dir of dirs) {
    const project = readJson<ProjectConfiguration>(join(workspaceRoot, dir, 'project.json'));
    const path = posix.join(dir, 'package.json');
    const manifest = readJson<PackageJson>(join(workspaceRoot, path));
    const counted = manifest && (project || isWorkspacePackage(path)) ? manifest : undefined;
    if (!project && !counted) continue;
    const name = project?.name ?? counted?.nx?.name ?? counted?.name;
    const [inProjectJson, inPackageJson] = [targetsOf(project), targetsOf(counted?.nx)];
    const declared: unknown = project?.implicitDependencies ?? counted?.nx?.implicitDependencies ?? [];
    const dependencies = Array.isArray(declared) ? (declared as unknown[]) : [];
    const implicit = dependencies.filter((dependency) => typeof dependency === 'string');
    const takesAway = (dependency: string): boolean => dependency.startsWith('!');
    files.set(dir, {
      ...(name ? { name } : {}),
      implicitDependencies: implicit.filter((dependency) => !takesAway(dependency)),
      takesEdgesAway: implicit.some(takesAway),
      hasPackageJson: manifest !== undefined,
      targets: new ByName([...inPackageJson, ...inProjectJson]),
      inPackageJson: [...inPackageJson.keys()].filter((target) => !inProjectJson.has(target)),
      scripts: counted?.nx?.includedScripts ?? Object.keys(counted?.scripts ?? {}),
    });
  }
  return files;
}

/** The `targetDefaults` of nx.json that Nx lays over a target: those of its executor, else those of its name. */
export function targetDefaults(nxJson: NxJsonConfiguration, executor: string, targetName: string): TargetConfiguration {
  const all = nxJson.targetDefaults;
  const defaults = all?.[executor] ?? ownValue(all, targetName);
  return (Array.isArray(defaults) ? defaults.find((entry) => !entry.filter) : defaults) ?? {};
}

/** The targets of a file that are objects: Nx says what is wrong with the others. */
function targetsOf(file: Partial<ProjectConfiguration> | undefined): ProjectFile['targets'] {
  const entries = Object.entries(Object(file?.targets) as object) as [string, TargetConfiguration | null][];
  return new ByName(
    entries.flatMap(([name, target]) => (typeof target === 'object' && target ? [[name, target]] : [])),
  );
}

function readJson<T extends object>(path: string): T | undefined {
  const text = textOf(path);
  try {
    return text === undefined ? undefined : parseProjectFile<T>(text);
  } catch {
    return undefined;
  }
}
