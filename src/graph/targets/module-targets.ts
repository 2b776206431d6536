import type { NxJsonConfiguration, TargetConfiguration } from '@nx/devkit';

import { MODULE_KINDS, ownExecutor, TARGET_KINDS, type TargetKind } from '../../facts/target-kinds.js';
import { Closures } from '../../workspace/listing/closure.js';
import type { GroupListing, Module } from '../../workspace/workspace.js';
import { effectiveOptions } from '../options/effective-options.js';
import type { PluginOptions, TargetOptions } from '../options/options.js';
import type { ProjectFile } from '../projects/project-files.js';
import type { GoProject } from '../projects/projects.js';
import { refusedTarget, waits, type InferredTarget } from './targets.js';

/** What the targets of a module are inferred from. */
export interface ModuleContext {
  readonly options: PluginOptions;
  readonly nxJson: NxJsonConfiguration;
  readonly file: ProjectFile | undefined;
  /** The packages of the module's group. */
  readonly listing: GroupListing | undefined;
}

/** The targets of a module that write go.mod and go.sum, so nothing of them is cached. */
export function moduleTargets(
  project: GoProject & { readonly module: Module },
  { options, nxJson, file, listing }: ModuleContext,
): InferredTarget[] {
  const endless = endlessFile(project.module, listing);
  return MODULE_KINDS.flatMap((kind) => {
    const target = options.targets[kind];
    if (!target) return [];
    const { problems } = effectiveOptions(kind, target, nxJson, file, project);
    const made = { ...moduleTarget(kind, target), problems };
    return [endless === undefined ? made : refusedTarget(made, waits(endless))];
  });
}

function moduleTarget(kind: TargetKind, options: TargetOptions): InferredTarget {
  const { targetName, configurations } = options;
  return {
    name: targetName,
    externalNodes: [],
    target: {
      executor: ownExecutor(kind),
      cache: false,
      options: options.options,
      ...(configurations.size ? { configurations: Object.fromEntries(configurations) } : {}),
      metadata: { description: TARGET_KINDS[kind].description },
    } as TargetConfiguration,
  };
}

/** A file that go would wait for when it reads the sources and tests of a module, with all that they import. */
function endlessFile({ packageDirs }: Module, listing: GroupListing | undefined): string | undefined {
  if (!listing) return undefined;
  const closures = Closures.of(listing.packages);
  if (closures.packages.every((pkg) => pkg.endlessFile === undefined)) return listing.endlessFile;
  const dirs = new Set(packageDirs);
  const own = closures.packages.filter(({ dir }) => dirs.has(dir)).map(({ importPath }) => importPath);
  return closures.packagesIn(closures.testClosure(own)).find((pkg) => pkg.endlessFile !== undefined)?.endlessFile;
}
