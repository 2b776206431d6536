import { posix } from 'node:path';

import type { NxJsonConfiguration } from '@nx/devkit';

import { BATCHED_KINDS, kindOfTarget, ownExecutor, SHARED_EXECUTOR, type TargetKind } from '../facts/target-kinds.js';
import { isLeftOut } from '../go/listing/package.js';
import { outsideIncludeDirs } from '../workspace/listing/included-headers.js';
import type { GroupListing } from '../workspace/workspace.js';
import type { GoGraph } from './go-graph.js';
import type { PluginOptions } from './options/options.js';

/** Most problems printed one by one. */
const MOST = 20;

/** Prints what could not be loaded, with file and line, and settings of nx.json that would undo the inputs. */
export function reportProblems(graph: GoGraph, nxJson: NxJsonConfiguration, options: PluginOptions): void {
  const problems = [
    ...new Set([
      ...options.problems,
      ...failures(graph),
      ...packageErrors(graph),
      ...graph.projects.unnameable.map(
        (dir) => `${dir} is no project: Nx fails over a project in a directory of this name. Move it one level down.`,
      ),
      ...outsideHeaders(graph),
      ...graph.clashes,
      ...replacedByScripts(graph),
      ...overriddenInputs(nxJson, options),
    ]),
  ];
  for (const problem of problems.slice(0, MOST)) process.stderr.write(`nx-gopher: ${problem}\n`);
  if (problems.length > MOST) process.stderr.write(`nx-gopher: … and ${problems.length - MOST} more\n`);
}

function failures({ listings }: GoGraph): string[] {
  return bases(listings).flatMap(({ failure }) => failure ?? []);
}

function packageErrors({ listings }: GoGraph): string[] {
  return bases(listings).flatMap(({ packages }) =>
    [...packages.values()]
      .filter((pkg) => !isLeftOut(pkg))
      .flatMap(({ importPath, errors, testErrors }) =>
        [...errors, ...testErrors].map(({ position, message }) =>
          position ? `${position}: ${message}` : `package ${importPath}: ${message}`,
        ),
      ),
  );
}

function outsideHeaders({ listings }: GoGraph): string[] {
  return bases(listings).flatMap(({ packages }) =>
    [...packages.values()].flatMap((pkg) =>
      outsideIncludeDirs(pkg).map(
        (dir) =>
          `package ${pkg.importPath}: headers in ${dir} lie outside the workspace: nx-gopher does not notice changes there`,
      ),
    ),
  );
}

/**
 * `targetDefaults` by target name replace the inferred inputs, unless the list takes them over with "..." or there are
 * some by executor.
 */
function overriddenInputs({ targetDefaults }: NxJsonConfiguration, { targets }: PluginOptions): string[] {
  return Object.entries(targets).flatMap(([kind, target]) => {
    const executors = [SHARED_EXECUTOR, ownExecutor(kind as TargetKind)];
    const isOurs = target && BATCHED_KINDS.includes(kind as TargetKind);
    if (!isOurs || !targetDefaults || executors.some((executor) => executor in targetDefaults)) return [];
    const defaults = [targetDefaults[target.targetName] ?? []]
      .flat()
      .find(({ inputs }) => inputs && !inputs.includes('...'));
    return defaults
      ? `nx.json: targetDefaults.${target.targetName}.inputs replaces the inputs inferred for Go. Begin the list with "...": the inferred inputs then stay, and yours are added.`
      : [];
  });
}

/** Nx makes targets of the scripts of an npm workspace's package, which take the place of inferred ones. */
function replacedByScripts({ configurations, files }: GoGraph): string[] {
  return [...configurations].flatMap(([dir, { targets = {} }]) => {
    const scripts = files.get(dir)?.scripts?.filter((name) => kindOfTarget(targets[name]) !== undefined) ?? [];
    return scripts.map((name) => {
      const kind = kindOfTarget(targets[name]) ?? name;
      return (
        `${posix.join(dir, 'package.json')}: the script "${name}" takes the place of Go's target "${name}". Rename the script, ` +
        `or keep it out of Nx with "nx": { "includedScripts": [] } there, or rename Go's targets with ` +
        `"${kind}": { "targetName": "go-${name}" } in the options of nx-gopher in nx.json.`
      );
    });
  });
}

function bases(listings: GoGraph['listings']): GroupListing[] {
  return [...listings.values()].flatMap(([base]) => base ?? []);
}
