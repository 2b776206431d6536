import { copyFileSync, existsSync } from 'node:fs';

import { untilReady } from '../ready/readiness.js';
import type { ReadyWhen } from '../ready/ready-when.js';
import { freePort } from '../proxy/free-port.js';
import type { Gate, Passage } from '../proxy/gate.js';
import { digestOf } from '../../seals/digests.js';
import type { BuiltProgram } from './built-program.js';
import { Program, type ProgramEnd } from './program.js';

/** How a served program is run. */
export interface RunnerSettings {
  /** The command that runs a program, which is given by its path: with its arguments, and perhaps under a debugger. */
  readonly command: (file: string) => readonly [file: string, ...args: string[]];
  /** Absolute. */
  readonly cwd: string;
  /** Its environment as the files that set it are now. */
  readonly environment: () => NodeJS.ProcessEnv;
  /** Milliseconds that it gets to end. */
  readonly grace: number;
  readonly readyWhen: ReadyWhen;
  readonly say: (line: string) => void;
  /** Called each time that the program is ready. */
  readonly onReady: () => Promise<void>;
  /** What takes requests for the program, which then listens on a port that it is given. */
  readonly gate?: Gate;
}

/** Seconds after which a warning says that a program is not ready. */
const LATE = 30;

/** Keeps one program running: the last that was built. */
export class Runner implements BuiltProgram {
  #program: Program | undefined;
  #file: string | undefined;
  /** Of the program that was last started. */
  #digest = '';
  /** Whether a build is under way: what is ready now will not be what is asked for. */
  #isBuilding = false;
  /** Where requests go while no build is under way. */
  #passage: Passage | undefined;

  constructor(private readonly settings: RunnerSettings) {}

  hold(): void {
    this.#isBuilding = true;
    this.settings.gate?.hold();
  }

  async refuse(text: string): Promise<void> {
    this.#isBuilding = false;
    process.stderr.write(text.endsWith('\n') ? text : `${text}\n`);
    this.settings.say(this.#isRunning ? 'the build failed; the program from before runs on' : 'the build failed');
    this.settings.gate?.open({ problem: text });
  }

  async take(file: string, { isAsked, environment }: { isAsked: boolean; environment: boolean }): Promise<void> {
    this.#isBuilding = false;
    this.#file = file;
    const digest = await digestOf(file, { mode: '755' });
    const isSame = digest === this.#digest && !environment;
    const rests = isSame && (this.#isRunning || !isAsked);
    if (!rests) return this.#restart(digest);
    // A build may have begun meanwhile.
    if (this.#passage && !this.#isBuilding) this.settings.gate?.open(this.#passage);
    if (isAsked) this.settings.say('not restarted: the program is the same');
  }

  async renew(): Promise<void> {
    if (this.#file !== undefined && this.#digest !== '') await this.#restart(this.#digest);
  }

  get #isRunning(): boolean {
    return this.#program !== undefined && !this.#program.hasEnded;
  }

  async #restart(digest: string): Promise<void> {
    const { command, cwd, environment, grace, readyWhen, say, gate } = this.settings;
    const isFirst = this.#digest === '';
    gate?.hold();
    this.#passage = undefined;
    await gate?.drained(grace);
    await this.#program?.stop();
    const port = gate && (await freePort());
    this.#digest = digest;
    const [file, ...args] = command(runnable(this.#file ?? ''));
    const captured = readyWhen.log !== undefined;
    const env = { ...environment(), ...(port === undefined ? {} : { PORT: String(port) }) };
    const program = Program.start({ file, args, cwd, env, grace, group: true, captured });
    this.#program = program;
    const [out, err] = program.output;
    out?.pipe(process.stdout, { end: false });
    err?.pipe(process.stderr, { end: false });
    say(isFirst ? 'started' : 'restarted');
    void program.ended.then((end) => this.#ended(program, end));
    // Its end, at the next restart at the latest, ends the wait.
    void this.#untilReady(program, port);
  }

  async #untilReady(program: Program, port: number | undefined): Promise<void> {
    const { readyWhen, say, onReady, gate } = this.settings;
    const late = readyWhen.timeout ?? LATE;
    const timer = setTimeout(() => say(`not ready after ${late} s`), late * 1000);
    try {
      // Whoever listens on a port that was given to it takes connections there before anything else is true.
      const when = port === undefined ? readyWhen : { port, ...readyWhen };
      if (!(await untilReady(program, when, port)) || program !== this.#program) return;
      this.#passage = port === undefined ? undefined : { port };
      if (this.#passage && !this.#isBuilding) gate?.open(this.#passage);
      await onReady();
    } finally {
      clearTimeout(timer);
    }
  }

  #ended(program: Program, { code, signal, problem }: ProgramEnd): void {
    // One that was stopped has a successor.
    if (program !== this.#program || program.isStopped) return;
    const how = problem ?? (signal === null ? `exit code ${code}` : signal);
    const text = `the program ended (${how}); the next change starts it again`;
    this.settings.say(text);
    this.#passage = { problem: text };
    this.settings.gate?.open(this.#passage);
  }
}

/** Windows does not let go replace a program that runs: a copy is run. */
function runnable(file: string): string {
  if (process.platform !== 'win32') return file;
  const [one, two] = [0, 1].map((number) => file.replace(/(\.exe)?$/i, `-${number}.exe`)) as [string, string];
  try {
    copyFileSync(file, one);
    return one;
  } catch {
    copyFileSync(file, two);
    return existsSync(two) ? two : file;
  }
}
