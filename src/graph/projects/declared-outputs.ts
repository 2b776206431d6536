import { posix } from 'node:path';

import type { NxJsonConfiguration } from '@nx/devkit';

import { literalPart } from '../../inputs/embed-patterns.js';
import { targetDefaults, type ProjectFile } from './project-files.js';

/** Tells which Go files of a directory tasks are declared to write, as globs without the directory. */
export type GeneratedSources = (dir: string) => readonly string[];

/**
 * Reads the `outputs` of the targets that project.json and package.json files declare, as far as they name Go files: a
 * `generate` target, say. Git mostly ignores such files, and they may not be there yet.
 */
export function generatedSources(
  files: ReadonlyMap<string, ProjectFile>,
  nxJson: NxJsonConfiguration,
): GeneratedSources {
  const outputs = [...files].flatMap(([dir, file]) =>
    [...file.targets].flatMap(([name, target]) => {
      const declared = target.outputs ?? targetDefaults(nxJson, target.executor ?? '', name).outputs ?? [];
      return declared.flatMap((output) => goFiles(dir, output) ?? []);
    }),
  );
  const unique = [...new Map(outputs.map((output) => [JSON.stringify(output), output])).values()];
  return (dir) => unique.filter((output) => holds(output, dir)).map(({ name }) => name);
}

/** Go files that an output names. */
interface GoFiles {
  readonly dir: string;
  /** Whether directories below are meant too. */
  readonly deep: boolean;
  /** File name, perhaps with wildcards. */
  readonly name: string;
}

function goFiles(projectDir: string, output: string): GoFiles | undefined {
  const path = posix.normalize(
    output.replace(/^\{workspaceRoot\}\/?/, '').replace(/^\{projectRoot\}/, projectDir) || '.',
  );
  if (output.startsWith('!') || path.includes('{') || !path.endsWith('.go')) return undefined;
  const parent = posix.dirname(path);
  const dir = literalPart(parent) || '.';
  return { dir, deep: dir !== parent, name: posix.basename(path) };
}

function holds({ dir, deep }: GoFiles, candidate: string): boolean {
  return candidate === dir || (deep && (dir === '.' || candidate.startsWith(`${dir}/`)));
}
