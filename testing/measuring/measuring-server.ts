import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

import type { Environment } from '../workspace/command.js';
import { ANSWER, SCRIPT, type ChangeMeasurement } from './measure.js';

/**
 * One process that measures a workspace again and again, as Nx's daemon does: with all that Nx and the plugin keep in
 * memory. Its environment is that of its start: other settings need another server.
 */
export class MeasuringServer {
  private readonly process: ChildProcessByStdio<Writable, Readable, null>;
  private readonly answers: AsyncIterator<string>;

  /** @param output a file that it writes each measurement to. */
  constructor(
    private readonly root: string,
    env: Environment,
    private readonly output: string,
  ) {
    this.process = spawn(globalThis.process.execPath, [SCRIPT, '--serve'], {
      cwd: root,
      env,
      // What is reported of broken code goes nowhere: there is much of it.
      stdio: ['pipe', 'pipe', 'ignore'],
      // Ctrl-C ends a run after the measurement under way.
      detached: true,
    });
    this.answers = createInterface({ input: this.process.stdout })[Symbol.asyncIterator]();
  }

  /**
   * The hashes of all tasks, and what `nx affected` selects since the last commit. One at a time.
   *
   * @throws when Nx cannot tell, e.g. because it has no graph, or the process has ended.
   */
  async change(): Promise<ChangeMeasurement> {
    this.process.stdin.write(`${JSON.stringify({ output: this.output, base: 'HEAD' })}\n`);
    for (;;) {
      const { value, done } = await this.answers.next();
      if (done) throw new Error(`the process that measures ${this.root} ended`);
      if (!value.startsWith(ANSWER)) continue;
      const failure = JSON.parse(value.slice(ANSWER.length)) as string;
      if (failure) throw new Error(`${this.root} cannot be measured: ${failure}`);
      return JSON.parse(readFileSync(this.output, 'utf8')) as ChangeMeasurement;
    }
  }

  end(): void {
    this.process.kill();
  }
}
