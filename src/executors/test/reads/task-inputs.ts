import type { ProjectGraph } from '@nx/devkit';
import { minimatch } from 'minimatch';

import { joinedFileSetsOf } from '../../../inputs/joined-file-sets.js';
import { InputPlans, type TargetName } from '../../../nx/input-plans.js';
import { allWorkspaceFiles } from '../../../nx/workspace-files.js';
import type { GoTask } from '../../task/task.js';

/** What stands in the hash of a task. Paths are relative to the workspace root, with forward slashes. */
export interface TaskInputs {
  /** Whether the file is in the hash. */
  hasFile(path: string): boolean;
  /** Whether a file of that name, which does not exist, would be. */
  wouldHaveFile(path: string): boolean;
  /** Whether the environment variable is. */
  hasVariable(name: string): boolean;
  /** Whether Nx lists the file; one that git ignores has to be named as such. */
  isListed(path: string): boolean;
}

/** Tells what stands in the hashes of tasks. */
export class InputInspector {
  private constructor(
    private readonly plans: InputPlans,
    private readonly listed: ReadonlySet<string>,
  ) {}

  static async create(graph: ProjectGraph, workspaceRoot: string): Promise<InputInspector> {
    const plans = await InputPlans.create(graph, workspaceRoot);
    return new InputInspector(plans, new Set(await allWorkspaceFiles(workspaceRoot)));
  }

  inputsOf(task: GoTask): TaskInputs {
    const { project, target, configuration } = task;
    const name = configuration === undefined ? { project, target } : { project, target, configuration };
    const plan = this.plans.planOf(name, task.id);
    if (!plan) throw new Error(`Nx does not say what the inputs of ${task.id} are.`);
    const { files, depOutputs, environment, runtime } = plan;
    const hashed = new Set([...files, ...depOutputs]);
    const variables = new Set([...environment, ...runtime.flatMap(goSettings), ...optionVariables(task)]);
    let matchers: FileMatcher[] | undefined;
    return {
      hasFile: (path) => hashed.has(path),
      wouldHaveFile: (path) => (matchers ??= this.#matchers(name)).some((matches) => matches(path)),
      hasVariable: (variable) => variables.has(variable),
      isListed: (path) => this.listed.has(path),
    };
  }

  #matchers(name: TargetName): FileMatcher[] {
    return this.plans.declaredInputs(name).map(({ inputs, root }) => fileMatcher(inputs, root));
  }
}

type FileMatcher = (path: string) => boolean;

/** Exported for its spec. */
export function fileMatcher(inputs: readonly object[], projectRoot: string): FileMatcher {
  const filesets = inputs.flatMap((input) => ('fileset' in input ? [String(input.fileset)] : []));
  const [negative, positive] = [filesets.filter(isNegative), filesets.filter((fileset) => !isNegative(fileset))];
  // Nx takes the file sets of the project and those of the workspace for two inputs: a negation holds for its own kind.
  return (path) =>
    positive.some(
      (fileset) =>
        matchesFileset(path, fileset, projectRoot) &&
        !negative.some((not) => kind(not) === kind(fileset) && matchesFileset(path, not.slice(1), projectRoot)),
    );
}

function isNegative(fileset: string): boolean {
  return fileset.startsWith('!');
}

function kind(fileset: string): string {
  return fileset.includes('{projectRoot}') ? 'project' : 'workspace';
}

function matchesFileset(path: string, fileset: string, projectRoot: string): boolean {
  return joinedFileSetsOf(fileset, path).some((one) => {
    const pattern = one
      .replace('{projectRoot}/', projectRoot === '.' ? '' : `${projectRoot}/`)
      .replace('{workspaceRoot}/', '');
    return minimatch(path, pattern, { dot: true });
  });
}

/** The variables that the target's options set: options are in the hash. */
function optionVariables({ targetConfiguration, configuration }: GoTask): string[] {
  const named = configuration === undefined ? undefined : targetConfiguration?.configurations?.[configuration];
  return [targetConfiguration?.options, named].flatMap((options: { env?: object } | undefined) =>
    Object.keys(options?.env ?? {}),
  );
}

/** The settings that a `go env` among the runtime inputs prints. */
function goSettings(command: string): string[] {
  return (/^go (?:-C \S+ )?env (.*)$/.exec(command)?.[1] ?? '').split(' ');
}
