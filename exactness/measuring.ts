import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

import {
  ANSWER,
  SCRIPT,
  type ChangeMeasurement,
  type Measurement,
  type Settings,
} from '../testing/measuring/measure.js';
import { mustRun } from '../testing/workspace/command.js';
import { temporaryFolder } from '../testing/workspace/temporary-folder.js';
import type { Subject } from './workspace/subject.js';

type Server = ChildProcessByStdio<Writable, Readable, null>;

/**
 * Asks Nx what states of a subject mean to it: from one process that lives on, as Nx's daemon does. That this is what
 * a new process says too, {@link Measuring.afresh} tells.
 */
export class Measuring {
  private readonly folder = mkdtempSync(join(temporaryFolder('measurements'), 'exactness-'));
  private server:
    { readonly settings: string; readonly process: Server; readonly answers: AsyncIterator<string> } | undefined;

  constructor(private readonly subject: Subject) {}

  /** The hashes of all tasks, and what `nx affected` selects since the last commit. */
  async change(settings: Settings): Promise<ChangeMeasurement> {
    const output = join(this.folder, 'measurement.json');
    const { process, answers } = this.serving(settings);
    process.stdin.write(`${JSON.stringify({ output, base: 'HEAD' })}\n`);
    for (;;) {
      const { value, done } = await answers.next();
      if (done) throw new Error(`the process that measures ${this.subject.root} ended`);
      if (!value.startsWith(ANSWER)) continue;
      const failure = JSON.parse(value.slice(ANSWER.length)) as string;
      if (failure) throw new Error(`${this.subject.root} cannot be measured: ${failure}`);
      return JSON.parse(readFileSync(output, 'utf8')) as ChangeMeasurement;
    }
  }

  /** The process under the settings: Nx asks for what commands say, such as `go env`, once in a process. */
  private serving(settings: Settings): NonNullable<typeof this.server> {
    const key = JSON.stringify(settings);
    if (this.server?.settings === key) return this.server;
    this.end();
    const process = spawn(globalThis.process.execPath, [SCRIPT, '--serve'], {
      cwd: this.subject.root,
      // The plugin in Nx's own process: one process less.
      env: this.subject.environment({ ...settings, NX_ISOLATE_PLUGINS: 'false' }),
      // What is reported of broken code goes nowhere: there is much of it.
      stdio: ['pipe', 'pipe', 'ignore'],
      // Ctrl-C ends the run after the mutation under way.
      detached: true,
    });
    const answers = createInterface({ input: process.stdout })[Symbol.asyncIterator]();
    return (this.server = { settings: key, process, answers });
  }

  /** The hashes on a machine that has never seen the workspace: a new process, without data of earlier states. */
  async afresh(settings: Settings): Promise<Measurement> {
    const data = mkdtempSync(join(temporaryFolder('data'), 'exactness-'));
    try {
      const output = join(this.folder, 'afresh.json');
      const env = this.subject.environment({ ...settings, NX_WORKSPACE_DATA_DIRECTORY: data });
      await mustRun(process.execPath, [SCRIPT, output], this.subject.root, env);
      return JSON.parse(readFileSync(output, 'utf8')) as Measurement;
    } finally {
      rmSync(data, { recursive: true, force: true });
    }
  }

  /** Ends the process; the next measurement starts another. */
  end(): void {
    this.server?.process.kill();
    this.server = undefined;
  }

  dispose(): void {
    this.end();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
