import { readFileSync } from 'node:fs';

import { buildConfigurationFlags } from '../../go/configuration/build-configuration.js';
import type { GoCommand } from '../../go/process/command.js';
import { runGoGroup } from '../../go/process/process-group.js';
import type { TaskGroup } from '../batch/group-tasks.js';
import type { VetExecutorOptions } from './schema.js';
import { unseenFindings, type VetAgain } from './unseen-findings.js';

/** What `go vet` came to. */
export interface Vetted {
  readonly output: string;
  readonly failed: boolean;
}

/** The `go vet` processes of a group. */
export class VetRun {
  /** @param actions the flag that says how much is done at a time. */
  constructor(
    private readonly command: GoCommand,
    private readonly group: TaskGroup<VetExecutorOptions>,
    private readonly actions: readonly string[],
  ) {}

  async go(more: readonly string[], patterns: readonly string[]): Promise<Vetted> {
    let stdout = '';
    const args = ['vet', ...this.actions, ...more, ...this.group.flags, ...patterns];
    const { stderr, exitCode } = await runGoGroup(this.command, args, this.#where, (line) => (stdout += `${line}\n`));
    return { output: stderr + stdout, failed: exitCode !== 0 };
  }

  /** What go told nothing of. @param graph what it wrote of its actions. */
  async unseen(graph: string): Promise<VetAgain | undefined> {
    const { tasks, flags } = this.group;
    const importPaths = new Set(tasks.flatMap(({ packages }) => packages.map(({ importPath }) => importPath)));
    const choosing = new Set(['-v', ...tasks.flatMap(({ options }) => buildConfigurationFlags(options))]);
    const toolFlags = flags.filter((flag) => !choosing.has(flag));
    const text = textOf(graph);
    return text === undefined
      ? undefined
      : unseenFindings(this.command, { graph: text, importPaths, toolFlags, where: this.#where });
  }

  get #where() {
    return { cwd: this.group.cwd, env: this.group.env };
  }
}

/** Undefined where go was ended before it wrote it. */
function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
