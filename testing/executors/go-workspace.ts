import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import type { ExecutorContext, TargetConfiguration, TaskGraph } from '@nx/devkit';
import { execa } from 'execa';

import { batchExecutor, type BatchExecutor } from '../../src/executors/batch/executors.js';
import { goTasks } from '../../src/executors/batch/go-tasks.js';
import type { AnyTaskKind, PlanTasks } from '../../src/executors/batch/run-tasks.js';
import type { TaskEnd } from '../../src/executors/batch/task-end.js';
import type { GoTargetOptions, ReadyTask, Report } from '../../src/executors/task/task.js';
import type { TargetKind } from '../../src/facts/target-kinds.js';

/** Settings that make go behave the same on every machine; the build cache is kept from run to run. */
export const GO_ENV: Readonly<Record<string, string>> = {
  GOFLAGS: '',
  GOTOOLCHAIN: 'local',
  GOPROXY: 'off',
  GOCACHE: join(tmpdir(), 'nx-gopher-spec-gocache'),
};

/** A task of a spec: `project:target` is its id. */
export interface SpecTask<Options> {
  readonly root: string;
  readonly options?: Options;
  readonly cache?: boolean;
  readonly dependsOn?: readonly string[];
  readonly targetConfiguration?: TargetConfiguration;
}

/** A temporary workspace with Go sources, in which executors run with the real go command. */
export class GoWorkspace {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'nx-gopher-spec-')));

  constructor(files: Readonly<Record<string, string>> = {}) {
    this.write(files);
  }

  write(files: Readonly<Record<string, string>>): void {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.root, path)), { recursive: true });
      writeFileSync(join(this.root, path), text);
    }
  }

  path(path: string): string {
    return join(this.root, path);
  }

  /** Runs go as a user would in a terminal, both streams in one. */
  async go(...args: string[]): Promise<string> {
    const { all } = await execa('go', args, {
      all: true,
      cwd: this.root,
      env: GO_ENV,
      reject: false,
      stripFinalNewline: false,
    });
    return all;
  }

  /** Runs a batch; results by task id. */
  async run<Options extends GoTargetOptions>(
    executor: TargetKind,
    plan: PlanTasks<Options>,
    tasks: Readonly<Record<string, SpecTask<Options>>>,
  ): Promise<Record<string, TaskEnd['result']>> {
    const kindOf = async (): Promise<AnyTaskKind> => goTasks(plan) as unknown as AnyTaskKind;
    return this.results(batchExecutor(executor, kindOf), tasks);
  }

  /** Runs a batch of several kinds as `nx-gopher:go`; the option `kind` says which a task is. */
  runKinds(
    tasks: Readonly<Record<string, SpecTask<GoTargetOptions & { readonly kind?: string }>>>,
  ): Promise<Record<string, TaskEnd['result']>> {
    return this.results(batchExecutor(), tasks);
  }

  private async results(
    executor: BatchExecutor,
    tasks: Readonly<Record<string, SpecTask<GoTargetOptions>>>,
  ): Promise<Record<string, TaskEnd['result']>> {
    const { taskGraph, options, context } = this.batch(tasks);
    const results: Record<string, TaskEnd['result']> = {};
    for await (const { task, result } of executor(taskGraph, options, {}, context)) {
      if (results[task]) throw new Error(`${task} has two results`);
      results[task] = result;
    }
    return results;
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  private batch<Options extends GoTargetOptions>(tasks: Readonly<Record<string, SpecTask<Options>>>) {
    const graph = { tasks: {}, dependencies: {}, roots: [] } as unknown as TaskGraph;
    const projects: ExecutorContext['projectsConfigurations']['projects'] = {};
    const options: Record<string, Options> = {};
    for (const [id, { root, options: own, cache = false, dependsOn = [], targetConfiguration = {} }] of Object.entries(
      tasks,
    )) {
      const [project = '', target = ''] = id.split(':');
      const name = { project, target };
      graph.tasks[id] = { id, target: name, overrides: {}, outputs: [], cache, parallelism: true };
      (graph.dependencies as Record<string, unknown>)[id] = dependsOn.map((other) => ({ id: other }));
      options[id] = { ...own, env: { ...GO_ENV, ...own?.env } } as Options;
      projects[project] = { root, targets: { ...projects[project]?.targets, [target]: targetConfiguration } };
    }
    const nodes = Object.fromEntries(Object.entries(projects).map(([name, data]) => [name, { data }]));
    const context = {
      root: this.root,
      projectGraph: { nodes },
      projectsConfigurations: { version: 2, projects },
    } as unknown as ExecutorContext;
    return { taskGraph: graph, options, context };
  }
}

/** A plan of one job for all tasks. */
export function inOneJob(
  run: (tasks: readonly ReadyTask[], report: Report) => Promise<void>,
): PlanTasks<GoTargetOptions> {
  return async (tasks, _session, report) => [{ tasks, run: () => run(tasks, report) }];
}

/** A text with the times that go measured made equal. */
export function withoutTimes(text: string): string {
  return text
    .replace(/\b\d+\.\d+s\b/g, '0.00s')
    .replace(/0x[0-9a-f]+\??/g, '0x0')
    .replace(/goroutine \d+/g, 'goroutine 1');
}
