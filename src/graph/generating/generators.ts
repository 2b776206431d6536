import { join } from 'node:path';

import { isFile, statOf, textOf } from '../../files.js';
import { generatorCommands } from '../../go/generators/generate-lines.js';
import { parseSourceFile } from '../../go/sources/source-file.js';
import { isInWorkspace } from '../../paths.js';
import { packagesByDir } from '../../workspace/listing/closure.js';
import type { LoadedWorkspace } from '../../workspace/load.js';
import { toolsOf } from '../../workspace/modules/tools.js';
import type { GroupListing, ModuleGroup } from '../../workspace/workspace.js';
import { commandReads, type CommandReads } from './command-reads.js';

/** What the generators of a package run and read, as JSON holds it. */
export interface Generators {
  readonly packages: readonly string[];
  readonly files: readonly string[];
  readonly tools: readonly string[];
  readonly variables: readonly string[];
  readonly uncacheable: readonly string[];
  /** The files that hold the commands. */
  readonly sources: readonly string[];
}

/** By package directory, from the workspace's root. */
export type GeneratorsByDir = ReadonlyMap<string, Generators>;

/**
 * Reads the `//go:generate` lines of the workspace's packages.
 *
 * @param vouched by package directory: the commands that the option `tools` names.
 */
export function generatorsOf(
  workspace: LoadedWorkspace,
  listings: ReadonlyMap<ModuleGroup, readonly GroupListing[]>,
  vouched: (dir: string) => readonly string[],
): GeneratorsByDir {
  if (workspace.generators.size === 0) return new Map();
  const { root } = workspace;
  const found = new Map<string, Generators>();
  for (const group of workspace.groups) {
    const [listing] = listings.get(group) ?? [];
    if (!listing) continue;
    const byDir = packagesByDir(listing.packages);
    const around = {
      packageDir: (path: string): string | undefined => {
        const dir = listing.packages.get(path)?.dir;
        return dir !== undefined && dir !== '' && isInWorkspace(dir) ? dir : undefined;
      },
      isPackageDir: (dir: string): boolean => byDir.has(dir),
      isFile: (path: string): boolean => isFile(join(root, path)),
      isDirectory: (path: string): boolean => statOf(join(root, path))?.isDirectory() ?? false,
      importsOf: (path: string): readonly string[] => parseSourceFile(textOf(join(root, path)) ?? '').imports,
      tools: toolsOf(workspace, group),
    };
    for (const dir of group.modules.flatMap(({ packageDirs }) => packageDirs)) {
      const files = workspace.generators.get(dir);
      const pkg = byDir.get(dir);
      if (!files || !pkg) continue;
      const commands = files.flatMap(([file, lines]) => generatorCommands(file, lines, pkg.name));
      const reads = commandReads(commands, dir, { ...around, vouched: vouched(dir) });
      if (commands.length > 0) found.set(dir, { ...inOrder(reads), sources: files.map(([file]) => file) });
    }
  }
  return found;
}

function inOrder({ packages, files, tools, variables, uncacheable }: CommandReads): Omit<Generators, 'sources'> {
  return {
    packages: [...packages].sort(),
    files: [...files].sort(),
    tools: [...tools].sort(),
    variables: [...variables].sort(),
    uncacheable: [...uncacheable].sort(),
  };
}
