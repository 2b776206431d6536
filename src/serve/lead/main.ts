import type { Socket } from 'node:net';

import type { BuildExecutorOptions } from '../../executors/build/schema.js';
import type { GoSession } from '../../executors/task/session.js';
import { taskEnvironment } from '../../executors/task/session.js';
import type { ReadyTask } from '../../executors/task/task.js';
import { buildConfigurationOptions } from '../../go/configuration/build-configuration.js';
import { preparedBuild } from '../build/prepared-build.js';
import type { FunctionOwner } from '../lambda/function-ports.js';
import { send, type Notice, type ServedMain } from '../meet/messages.js';

/** A program that is served, as its leader knows it. */
export class Main implements FunctionOwner {
  /** Its build; undefined as long as it cannot be told how it is built. */
  task: ReadyTask<BuildExecutorOptions> | undefined;
  /** Why not. */
  problem = '';
  /** Whether it has yet to be built for the first time since it joined. */
  isNew = true;
  hasFailed = false;
  /** Whether all its packages could be listed the last time. */
  wasWhole = true;

  constructor(
    readonly served: ServedMain,
    private readonly socket: Socket,
  ) {}

  get id(): string {
    return this.served.id;
  }

  /** Directory of the main package. */
  get root(): string {
    return this.served.root;
  }

  get importPath(): string {
    return this.task?.packages[0]?.importPath ?? '';
  }

  /** Mains with equal scopes can be listed together. */
  get scope(): string {
    const { task } = this;
    if (!task) return '';
    return JSON.stringify([task.module.cwd, taskEnvironment(task), buildConfigurationOptions({ ...task.options })]);
  }

  /** Finds how it is built, as its module's manifests and go's settings are now. */
  async prepare(session: GoSession): Promise<void> {
    try {
      this.task = await preparedBuild(this.served, session);
      this.problem = '';
    } catch (error) {
      this.task = undefined;
      this.problem = `${(error as Error).message.trimEnd()}\n`;
    }
  }

  listening(): void {
    this.tell({ type: 'listening' });
  }

  warn(text: string): void {
    this.tell({ type: 'warning', text });
  }

  tell(notice: Notice): void {
    send(this.socket, notice);
  }
}
