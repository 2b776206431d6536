import { digestOf } from '../../seals/digests.js';
import { Gate } from '../proxy/gate.js';
import type { BuiltProgram } from '../restart/built-program.js';
import type { RunnerSettings } from '../restart/runner.js';
import { failure, type Outcome } from './outcome.js';
import type { Invocation } from './invocation.js';
import { Sandbox, type Limits } from './sandbox.js';

/** What an invocation comes to, and the end of its log. */
export interface Answered {
  readonly outcome: Outcome;
  readonly log: string;
}

/** How a function is run. */
export interface FunctionSettings extends Limits, Omit<RunnerSettings, 'readyWhen' | 'gate'> {
  readonly name: string;
}

/** Most processes of a function; more invocations wait. */
const MOST = 10;
const REGION = 'us-east-1';

/**
 * A Lambda function: the last program that was built. It starts at the first invocation, and once more for each that
 * comes while the others are busy. After a build the next invocation starts the new program, and what the old one works
 * on it ends.
 */
export class LambdaFunction implements BuiltProgram {
  /** Only holds invocations: where they go is decided here. */
  readonly #gate = new Gate(() => undefined);
  readonly #idle = new Set<Sandbox>();
  /** Those that have answered, and have yet to ask for more. */
  readonly #settling = new Set<Promise<void>>();
  #busy = 0;
  #freed: (() => void)[] = [];
  #file: string | undefined;
  #digest = '';
  /** Counts the programs: a sandbox of an earlier one is not used again. */
  #generation = 0;
  #problem: string | undefined;
  #isReady = false;

  constructor(private readonly settings: FunctionSettings) {}

  get arn(): string {
    return `arn:aws:lambda:${REGION}:123456789012:function:${this.settings.name}`;
  }

  hold(): void {
    this.#gate.hold();
  }

  async refuse(text: string): Promise<void> {
    process.stderr.write(text.endsWith('\n') ? text : `${text}\n`);
    const isThere = this.#digest !== '';
    this.#problem = isThere ? undefined : text;
    this.settings.say(isThere ? 'the build failed; the program from before serves on' : 'the build failed');
    this.#gate.open({ problem: text });
  }

  async take(file: string, { isAsked, environment }: { isAsked: boolean; environment: boolean }): Promise<void> {
    const digest = await digestOf(file, { mode: '755' });
    const isSame = digest === this.#digest && !environment;
    this.#file = file;
    this.#digest = digest;
    this.#problem = undefined;
    if (!isSame) this.#retire();
    if (isSame && isAsked) this.settings.say('not restarted: the program is the same');
    else if (!isSame) this.settings.say('built; the next invocation starts it');
    this.#gate.open({ problem: '' });
    if (!this.#isReady) await this.settings.onReady();
    this.#isReady = true;
  }

  async renew(): Promise<void> {
    this.#retire();
    if (this.#digest !== '') this.settings.say('the next invocation starts it with the new environment');
  }

  /** Runs an invocation; it waits while a build is under way. */
  async invoke(invocation: Invocation): Promise<Answered> {
    await this.#free();
    this.#busy++;
    try {
      await this.#gate.passage();
      if (this.#problem !== undefined) return { outcome: failure('Build.Failed', this.#problem), log: '' };
      while (this.#idle.size === 0 && this.#settling.size > 0) await Promise.race(this.#settling);
      const generation = this.#generation;
      const sandbox = this.#takeIdle() ?? (await this.#start());
      const result = await sandbox.run(invocation);
      const settling: Promise<void> = this.#settle(sandbox, generation).finally(() => this.#settling.delete(settling));
      this.#settling.add(settling);
      return result;
    } finally {
      this.#busy--;
      this.#freed.shift()?.();
    }
  }

  /** Ends its processes, those that work on an invocation after that. */
  async stop(): Promise<void> {
    const idle = [...this.#idle];
    this.#retire();
    await Promise.all([...idle.map((sandbox) => sandbox.stop()), ...this.#settling]);
  }

  async #free(): Promise<void> {
    while (this.#busy >= MOST) await new Promise<void>((resolve) => this.#freed.push(resolve));
  }

  #takeIdle(): Sandbox | undefined {
    for (const sandbox of this.#idle) {
      this.#idle.delete(sandbox);
      if (!sandbox.hasEnded) return sandbox;
    }
    return undefined;
  }

  async #settle(sandbox: Sandbox, generation: number): Promise<void> {
    const isIdle = await sandbox.settled();
    if (isIdle && generation === this.#generation) this.#idle.add(sandbox);
    else await sandbox.stop();
  }

  /** No process of the program from before gets another invocation. */
  #retire(): void {
    this.#generation++;
    for (const sandbox of this.#idle) void sandbox.stop();
    this.#idle.clear();
  }

  #start(): Promise<Sandbox> {
    const { command, cwd, environment, grace, name, memory, timeout } = this.settings;
    const [file, ...args] = command(this.#file ?? '');
    const env = {
      AWS_REGION: REGION,
      AWS_DEFAULT_REGION: REGION,
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      ...environment(),
      AWS_LAMBDA_FUNCTION_NAME: name,
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memory),
      AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
      AWS_LAMBDA_LOG_STREAM_NAME: `local/[$LATEST]${process.pid}`,
      LAMBDA_TASK_ROOT: cwd,
      _HANDLER: 'bootstrap',
    };
    return Sandbox.start({ file, args, cwd, env, grace }, { timeout, memory });
  }
}
