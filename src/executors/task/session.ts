import type { ProjectGraph } from '@nx/devkit';

import {
  buildConfigurationOptions,
  buildEnvironment,
  resolveBuildConfiguration,
  type BuildConfiguration,
} from '../../go/configuration/build-configuration.js';
import type { SourcesRequest } from '../../go/listing/compiled-sources.js';
import { findGo, runGo, type GoCommand } from '../../go/process/command.js';
import type { RunSettings } from '../../nx/run-settings.js';
import type { ModuleContext } from '../../workspace/modules/module-context.js';
import type { Sealing } from './sealing.js';
import type { Warming } from './warming.js';
import { UNWARMED, type WarmedProcess } from '../../warm/warmed-process.js';
import { Activity } from '../batch/activity.js';
import type { GoTargetOptions, ReadyTask } from './task.js';

/** What a kind of tasks has to say of all of them together. */
export interface Summary {
  text(): string;
}

/** What the tasks of one executor run share: the workspace, the go command, and go's answers about its settings. */
export class GoSession {
  /** What its go processes are at. */
  readonly activity = new Activity();
  /** What is to be said when all tasks have ended. */
  readonly summaries = new Set<Summary>();
  readonly #answers = new Map<string, Promise<unknown>>();

  constructor(
    readonly workspaceRoot: string,
    readonly projectGraph?: ProjectGraph,
    readonly sealing?: Sealing,
    readonly run: RunSettings = { bail: false },
    readonly warming?: Warming,
  ) {}

  /** The go command. @throws GoNotUsableError when there is none to use. */
  go(): Promise<GoCommand> {
    return this.once('go', () => findGo(this.workspaceRoot));
  }

  /** A go process that is about to start: with what others compiled, where there is a store of it. */
  async warmed(request: SourcesRequest): Promise<WarmedProcess> {
    return this.warming ? this.warming.prepare(await this.go(), request) : UNWARMED;
  }

  /** The build configuration that the options come to in a module. */
  async buildConfiguration(options: GoTargetOptions, module: ModuleContext): Promise<BuildConfiguration> {
    const key = JSON.stringify([module.cwd, module.env, buildConfigurationOptions({ ...options })]);
    const go = await this.go();
    return this.once(key, () => resolveBuildConfiguration(go, options, module.cwd, module.env));
  }

  /** GOFLAGS in force for a task, from the environment or from go's own configuration file. */
  goflags(task: ReadyTask): Promise<string> {
    return this.goSetting(task, 'GOFLAGS');
  }

  /** A setting of go in force for a task, as `go env` prints it. */
  async goSetting(task: ReadyTask, name: string): Promise<string> {
    const go = await this.go();
    const env = taskEnvironment(task);
    return this.once(JSON.stringify([name, task.module.cwd, env]), async () => {
      const result = await runGo(go, ['env', name], { cwd: task.module.cwd, env });
      return result.stdout.trim();
    });
  }

  /** What was asked for under a key before, or the answer to come: tasks of a run ask the same of go. */
  once<T>(key: string, ask: () => Promise<T>): Promise<T> {
    const answer = this.#answers.get(key) ?? ask();
    this.#answers.set(key, answer);
    return answer as Promise<T>;
  }
}

/** The environment of a task's go processes, to be laid over that of this process. */
export function taskEnvironment(task: ReadyTask): Record<string, string> {
  return { ...task.module.env, ...buildEnvironment(task.options) };
}
