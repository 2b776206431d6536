import { Program, type ProgramStart } from '../restart/program.js';
import { failure, type Outcome } from './outcome.js';
import { peakMemory } from './peak-memory.js';
import type { Invocation } from './invocation.js';
import { RuntimeApi } from './runtime-api.js';

/** Milliseconds that a program gets, as in Lambda, from its start until it asks for an invocation. */
const INIT = 10_000;
/** Bytes at the end of a log that an invocation hands over, as in Lambda. */
const TAIL = 4096;

/** What an invocation may take, and what it is told of that. */
export interface Limits {
  /** Seconds. */
  readonly timeout: number;
  /** Megabytes. */
  readonly memory: number;
}

/** One process of a function: it works on one invocation at a time. */
export class Sandbox {
  #log = '';
  /** Whether it has asked for its first invocation. */
  #isInitialized = false;

  private constructor(
    private readonly api: RuntimeApi,
    private readonly program: Program,
    private readonly limits: Limits,
  ) {
    for (const [index, stream] of program.output.entries()) {
      stream.setEncoding('utf8');
      const target = index === 0 ? process.stdout : process.stderr;
      stream.on('data', (text: string) => this.#print(text, target));
    }
    void program.ended.then(() => api.close());
  }

  static async start(start: Omit<ProgramStart, 'group' | 'captured'>, limits: Limits): Promise<Sandbox> {
    const api = await RuntimeApi.listen();
    const env = { ...start.env, AWS_LAMBDA_RUNTIME_API: api.address };
    return new Sandbox(api, Program.start({ ...start, env, group: true, captured: true }), limits);
  }

  get hasEnded(): boolean {
    return this.program.hasEnded;
  }

  stop(): Promise<void> {
    return this.program.stop();
  }

  /** Waits until it asks for another invocation. @returns false when it ends, or takes longer than one may. */
  async settled(): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<false>((resolve) => (timer = setTimeout(resolve, this.limits.timeout * 1000, false)));
    const asked = this.api.asked().then(() => true);
    const isIdle = await Promise.race([asked, this.program.ended.then(() => false), late]);
    clearTimeout(timer);
    return isIdle && !this.program.hasEnded;
  }

  /** Runs an invocation, and gives the end of its log. */
  async run(invocation: Invocation): Promise<{ readonly outcome: Outcome; readonly log: string }> {
    const { id } = invocation;
    const { timeout } = this.limits;
    this.#log = '';
    const isFirst = !this.#isInitialized;
    const started = performance.now();
    this.#print(`START RequestId: ${id} Version: $LATEST\n`);
    const failed = await this.#limited(INIT, id, this.#initialized());
    this.#isInitialized ||= !failed;
    const began = performance.now();
    const limit = timeout * 1000;
    const outcome = failed ?? (await this.#limited(limit, id, this.api.invoke(invocation, Date.now() + limit)));
    const ended = performance.now();
    // What the handler has written before its answer can be read by now, and is read in this turn.
    await new Promise((done) => setImmediate(done));
    this.#print(`END RequestId: ${id}\n`);
    const taken = ended - (failed ? started : began);
    this.#print(this.#report(id, taken, isFirst && !failed ? began - started : undefined));
    return { outcome, log: Buffer.from(this.#log).subarray(-TAIL).toString('utf8') };
  }

  /** @param init milliseconds from the start to the first invocation, where this was it. */
  #report(id: string, taken: number, init: number | undefined): string {
    const peak = peakMemory(this.program.hasEnded ? undefined : this.program.pid);
    const figures = [
      `RequestId: ${id}`,
      `Duration: ${taken.toFixed(2)} ms`,
      `Billed Duration: ${Math.ceil(taken)} ms`,
      `Memory Size: ${this.limits.memory} MB`,
      ...(peak === undefined ? [] : [`Max Memory Used: ${peak} MB`]),
      ...(init === undefined ? [] : [`Init Duration: ${init.toFixed(2)} ms`]),
    ];
    return `REPORT ${figures.join('\t')}\n`;
  }

  /** @returns what went wrong before the program asked for its first invocation. */
  #initialized(): Promise<Outcome | undefined> {
    return Promise.race([this.api.asked().then(() => undefined), this.api.initError]);
  }

  /** Ends the program when the time is over, and tells of its end when it comes before its answer. */
  async #limited<Result>(milliseconds: number, id: string, result: Promise<Result>): Promise<Result | Outcome> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((resolve) => (timer = setTimeout(() => resolve('late'), milliseconds)));
    const ended = this.program.ended.then(async (end) => {
      // What it has said last may still be read.
      await new Promise((done) => setImmediate(done));
      return end;
    });
    const first = await Promise.race([
      result.then((value) => ({ value })),
      ended.then((end) => ({ end })),
      late.then(() => ({ late: true })),
    ]);
    clearTimeout(timer);
    if ('value' in first) return first.value;
    if ('end' in first) {
      const { code, signal, problem } = first.end;
      const how = problem ?? (signal === null ? `exit status ${code}` : `signal: ${signal}`);
      const text = code === 0 ? 'Runtime exited without providing a reason' : `Runtime exited with error: ${how}`;
      return failure('Runtime.ExitError', `RequestId: ${id} Error: ${text}`);
    }
    const text = `Task timed out after ${(milliseconds / 1000).toFixed(2)} seconds`;
    this.#print(`${new Date().toISOString()} ${id} ${text}\n`);
    await this.stop();
    return failure('Sandbox.Timedout', `RequestId: ${id} Error: ${text}`);
  }

  #print(text: string, target: NodeJS.WriteStream = process.stdout): void {
    this.#log = (this.#log + text).slice(-2 * TAIL);
    target.write(text);
  }
}
