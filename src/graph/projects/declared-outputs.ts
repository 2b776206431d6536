import { posix } from 'node:path';

import type { NxJsonConfiguration } from '@nx/devkit';

import { literalPart } from '../../inputs/embed-patterns.js';
import { targetDefaults, type ProjectFile } from './project-files.js';

/** What tasks are declared to write: Git mostly ignores such files, and they may not be there yet. */
export interface DeclaredOutputs {
  /** The Go files of a directory that tasks write, as globs without the directory. */
  readonly generatedSources: (dir: string) => readonly string[];
  /** The targets that write Go files of a directory, or the directory as a whole. */
  readonly writersOf: (dir: string) => readonly Writer[];
}

/** A target that writes Go files of a directory. */
export interface Writer {
  /** The directory of its project. */
  readonly projectDir: string;
  readonly target: string;
  /** The files, without the directory; undefined for all. */
  readonly glob: string | undefined;
}

/** The outputs of a target that is inferred, as options name them. */
export interface InferredOutputs {
  readonly projectDir: string;
  readonly target: string;
  readonly outputs: readonly string[];
}

/**
 * Reads the `outputs` of the targets that project.json and package.json files declare, as far as they name Go files: a
 * `generate` target, say.
 *
 * @param inferred what options say of targets whose outputs no file declares.
 */
export function declaredOutputs(
  files: ReadonlyMap<string, ProjectFile>,
  nxJson: NxJsonConfiguration,
  inferred: readonly InferredOutputs[] = [],
): DeclaredOutputs {
  const inFiles = [...files].flatMap(([projectDir, file]) =>
    [...file.targets].map(([target, { outputs, executor }]) => ({
      projectDir,
      target,
      outputs: outputs ?? targetDefaults(nxJson, executor ?? '', target).outputs ?? [],
    })),
  );
  const written = [...inFiles, ...inferred].flatMap(({ projectDir, target, outputs }) =>
    outputs.flatMap((output) => {
      const path = outputPath(projectDir, output);
      return path === undefined ? [] : [{ projectDir, target, path, files: goFiles(path) }];
    }),
  );
  const unique = [...new Map(written.flatMap(({ files }) => (files ? [[JSON.stringify(files), files]] : []))).values()];
  return {
    generatedSources: (dir) => unique.filter((one) => holds(one, dir)).map(({ name }) => name),
    writersOf: (dir) =>
      written.flatMap(({ projectDir, target, path, files }): Writer[] => {
        if (files ? !holds(files, dir) : !holdsWhole(path, dir)) return [];
        return [{ projectDir, target, glob: files?.name }];
      }),
  };
}

/** Go files that an output names. */
interface GoFiles {
  readonly dir: string;
  /** Whether directories below are meant too. */
  readonly deep: boolean;
  /** File name, perhaps with wildcards. */
  readonly name: string;
}

/** A path or glob of a project's from the workspace's root; '.' for the root itself. */
export function globFromRoot(projectDir: string, glob: string): string {
  return posix.normalize(glob.replace(/^\{workspaceRoot\}\/?/, '').replace(/^\{projectRoot\}/, projectDir));
}

/** The path or glob of an output, from the workspace's root; undefined where it cannot be told, or is none. */
export function outputPath(projectDir: string, output: string): string | undefined {
  const path = globFromRoot(projectDir, output);
  return output.startsWith('!') || path.includes('{') ? undefined : path;
}

function goFiles(path: string): GoFiles | undefined {
  if (!path.endsWith('.go')) return undefined;
  const parent = posix.dirname(path);
  const dir = literalPart(parent) || '.';
  return { dir, deep: dir !== parent, name: posix.basename(path) };
}

function holds({ dir, deep }: GoFiles, candidate: string): boolean {
  return candidate === dir || (deep && (dir === '.' || candidate.startsWith(`${dir}/`)));
}

/** Whether a directory, or all that lies in it, is an output. */
function holdsWhole(path: string, candidate: string): boolean {
  const literal = literalPart(path) || '.';
  return literal !== '.' && (candidate === literal || candidate.startsWith(`${literal}/`));
}
