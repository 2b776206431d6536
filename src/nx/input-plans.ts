import type { ProjectGraph } from '@nx/devkit';
import { readNxJson } from 'nx/src/config/nx-json.js';
import { HashPlanInspector } from 'nx/src/hasher/hash-plan-inspector.js';
import { expandNamedInput, getInputs, getNamedInputs } from 'nx/src/hasher/task-hasher.js';

/** A task's target, by names. */
export interface TargetName {
  readonly project: string;
  readonly target: string;
  readonly configuration?: string;
}

/** What stands in the hash of a task. Paths are relative to the workspace root, with forward slashes. */
export interface InputPlan {
  readonly files: readonly string[];
  /** Files among the outputs of tasks that run before. */
  readonly depOutputs: readonly string[];
  /** Names of environment variables. */
  readonly environment: readonly string[];
  /** Commands whose output counts. */
  readonly runtime: readonly string[];
}

/** Inputs as nx.json writes them, named ones resolved, and the root of the project that `{projectRoot}` stands for. */
export interface DeclaredInputs {
  readonly root: string;
  readonly inputs: readonly object[];
}

/** Begins the parts of a hash that are files. */
const FILE = 'file:';

/** Asks Nx what stands in the hashes of tasks, as `nx show target inputs` does. */
export class InputPlans {
  private constructor(
    private readonly graph: ProjectGraph,
    private readonly workspaceRoot: string,
    private readonly inspector: HashPlanInspector,
  ) {}

  static async create(graph: ProjectGraph, workspaceRoot: string): Promise<InputPlans> {
    const inspector = new HashPlanInspector(graph, workspaceRoot);
    await inspector.init();
    return new InputPlans(graph, workspaceRoot, inspector);
  }

  /** @param taskId the target's name as Nx writes it, `project:target` or `project:target:configuration`. */
  planOf(target: TargetName, taskId: string): InputPlan | undefined {
    return this.inspector.inspectTaskInputs(target)[taskId];
  }

  /**
   * The files in the hashes of a target of several projects, those that git ignores too: each once, without the outputs
   * of tasks that run before.
   */
  filesOf(target: string, projects: readonly string[]): ReadonlySet<string> {
    const plans = this.inspector.inspectHashPlan([...projects], [target], undefined, {}, {}, true);
    const parts = Object.values(plans).flat();
    return new Set(parts.flatMap((part) => (part.startsWith(FILE) ? [part.slice(FILE.length)] : [])));
  }

  /** The inputs that the target declares for its own project, and those that it takes from other projects. */
  declaredInputs({ project, target }: TargetName): DeclaredInputs[] {
    const nxJson = readNxJson(this.workspaceRoot);
    const task = { target: { project, target } } as Parameters<typeof getInputs>[0];
    const { selfInputs, projectInputs, depsInputs } = getInputs(task, this.graph, nxJson);
    const own = depsInputs.map(({ input }) => ({ input, projects: [project], dependencies: true }));
    const others = [...projectInputs, ...own].flatMap(({ input, projects, ...rest }) =>
      ('dependencies' in rest ? this.dependenciesOf(projects) : projects).flatMap((name) => {
        const node = this.graph.nodes[name];
        return node
          ? [{ root: node.data.root, inputs: expandNamedInput(input, getNamedInputs(nxJson, node)) as object[] }]
          : [];
      }),
    );
    return [{ root: this.graph.nodes[project]?.data.root ?? '.', inputs: selfInputs as object[] }, ...others];
  }

  /** All projects that some depend on, directly or not: which inputs with `dependencies: true` mean. */
  private dependenciesOf(projects: readonly string[]): string[] {
    const next = (name: string): string[] => (this.graph.dependencies[name] ?? []).map(({ target }) => target);
    const reached = new Set(projects.flatMap(next));
    // A Set visits what is added while iterating it.
    for (const name of reached) for (const one of next(name)) reached.add(one);
    return [...reached];
  }
}
