import { spawn, spawnSync, type ChildProcess, type StdioOptions } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';

import { guard } from '../../go/process/interruption.js';
import { groupRuns } from './process-group.js';
import { watchedCommand } from './watched-command.js';

/** How a program is started. */
export interface ProgramStart {
  /** Absolute. */
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** All of its environment. */
  readonly env: NodeJS.ProcessEnv;
  /** Milliseconds that it gets to end once it is asked to. */
  readonly grace: number;
  /** Whether it gets a process group of its own, which ends with it; else it stays in the terminal's. */
  readonly group: boolean;
  /** Whether its output is handed over by {@link Program.output}; else it goes where this process's goes. */
  readonly captured?: boolean;
}

/** How a program ended. */
export interface ProgramEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Why it could not be started at all. */
  readonly problem?: string;
}

/** Milliseconds to wait for what a group still holds after it was killed. */
const LAST = 2000;

/** A program that runs: it ends with this process at the latest, also when that is killed. */
export class Program {
  readonly ended: Promise<ProgramEnd>;
  #end: ProgramEnd | undefined;
  #isStopped = false;

  private constructor(
    private readonly child: ChildProcess,
    private readonly start: ProgramStart,
  ) {
    // In the terminal's own group Ctrl-C is the program's, and this process only waits.
    const release = start.group
      ? guard({ stop: () => this.stop(), abandon: () => this.#signal('SIGKILL') })
      : () => undefined;
    this.ended = new Promise((resolve) => {
      const end = (how: ProgramEnd): void => {
        if (this.#end) return;
        this.#end = how;
        this.#letGo();
        release();
        resolve(how);
      };
      child.on('exit', (code, signal) => end({ code, signal }));
      child.on('error', ({ message }) => end({ code: null, signal: null, problem: message }));
    });
  }

  static start(start: ProgramStart): Program {
    const command = watchedCommand(start.file, start.args, start.grace, start.group);
    const output = start.captured ? 'pipe' : 'inherit';
    const stdio: StdioOptions = [start.group ? 'ignore' : 'inherit', output, output, 'pipe'];
    const child = spawn(command.file, command.args, {
      cwd: start.cwd,
      env: start.env,
      stdio,
      detached: start.group && process.platform !== 'win32',
      windowsHide: true,
    });
    // The other end may go first.
    child.stdio[3]?.on('error', () => undefined);
    return new Program(child, start);
  }

  /** Its standard output and its standard error, where these are captured. */
  get output(): readonly Readable[] {
    return [this.child.stdout, this.child.stderr].flatMap((stream) => stream ?? []);
  }

  /** Undefined when it could not be started. */
  get pid(): number | undefined {
    return this.child.pid;
  }

  get hasEnded(): boolean {
    return this.#end !== undefined;
  }

  /** Whether its end was asked for. */
  get isStopped(): boolean {
    return this.#isStopped;
  }

  /** Asks it to end, and kills it and all of its group that is still there after the grace period. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    if (!this.#end) {
      this.#signal('SIGTERM');
      await this.#within(this.start.grace);
    }
    if (!this.#end) this.#signal('SIGKILL');
    await this.ended;
    await this.#groupEnded();
  }

  /** Passes a signal on. */
  signal(signal: NodeJS.Signals): void {
    if (!this.#end) this.#signal(signal);
  }

  async #within(milliseconds: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([this.ended, new Promise((done) => (timer = setTimeout(done, milliseconds)))]);
    clearTimeout(timer);
  }

  /** What the program has started itself may hold its port still. */
  async #groupEnded(): Promise<void> {
    const { pid } = this.child;
    if (!this.start.group || pid === undefined || process.platform === 'win32') return;
    for (const end = Date.now() + LAST; Date.now() < end && groupRuns(pid);) {
      this.#kill(-pid, 'SIGKILL');
      await new Promise((done) => setTimeout(done, 2));
    }
  }

  /** Closing the pipe ends the rest of its group; a line says that nothing is to be ended any more. */
  #letGo(): void {
    const pipe = this.child.stdio[3] as Writable | null;
    if (this.start.group) pipe?.destroy();
    else pipe?.end('\n');
  }

  #signal(signal: NodeJS.Signals): void {
    const { pid } = this.child;
    if (pid === undefined) return;
    if (process.platform !== 'win32') this.#kill(this.start.group ? -pid : pid, signal);
    // Windows has no signals to send: the tree is ended at once.
    else spawnSync('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore' });
  }

  #kill(pid: number, signal: NodeJS.Signals): void {
    try {
      process.kill(pid, signal);
    } catch {
      // It is gone already.
    }
  }
}
