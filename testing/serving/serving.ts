import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { get, type Agent } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';

import { socketAddress } from '../../src/serve/meet/socket-address.js';
import type { Environment } from '../workspace/command.js';

/** A workspace in which programs are served. */
export interface ServedWorkspace {
  readonly root: string;
  path(path: string): string;
  environment(settings: Readonly<Record<string, string>>): Environment;
}

/** A process of Nx that serves programs. */
export class Serving {
  readonly child: ChildProcess;
  #output = '';

  /** @param mark a text by which the processes that it starts can be found. */
  constructor(
    private readonly workspace: ServedWorkspace,
    args: readonly string[],
    private readonly mark: string,
  ) {
    const nx = workspace.path('node_modules/nx/dist/bin/nx.js');
    this.child = spawn(process.execPath, [nx, ...args], {
      cwd: workspace.root,
      env: workspace.environment({ NX_ISOLATE_PLUGINS: 'false', E2E_MARK: mark }),
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.child.stdout, this.child.stderr])
      stream?.on('data', (chunk: Buffer) => (this.#output += chunk.toString()));
  }

  /** All that was printed so far. */
  get output(): string {
    return this.#output;
  }

  /** What is printed from now on, up to now when it is called. */
  since(): () => string {
    const from = this.#output.length;
    return () => this.#output.slice(from);
  }

  /** Processes that were started by it and still run: command lines by process id. */
  processes(): Map<number, string> {
    const found = new Map<number, string>();
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      try {
        const isOurs = readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`E2E_MARK=${this.mark}\0`);
        if (isOurs) found.set(Number(pid), readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' '));
      } catch {
        // It has ended.
      }
    }
    return found;
  }

  /** Sends a signal to Nx's process group, as a terminal does at Ctrl-C, and waits until Nx has ended. */
  async end(signal: NodeJS.Signals): Promise<void> {
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    process.kill(-(this.child.pid as number), signal);
    await ended;
  }

  /** The ids of the processes that hold an end of the leader's socket as its listener. */
  leader(): number | undefined {
    const address = socketAddress(this.workspace.path('.nx/workspace-data'));
    if (!existsSync(address)) return undefined;
    const [, own] = readFileSync('/proc/net/unix', 'utf8').split(`${address}.`);
    return own === undefined ? undefined : parseInt(own, 10);
  }
}

/** Waits until something is so. @throws Error that names it when it never is. */
export async function until<Value>(
  what: string,
  value: () => Value | undefined | false | Promise<Value | undefined | false>,
  milliseconds = 60_000,
): Promise<Value> {
  for (const end = Date.now() + milliseconds; Date.now() < end;) {
    const found = await value();
    if (found !== undefined && found !== false) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`not in ${milliseconds} ms: ${what}`);
}

/** The words of a server's answer, the first of which is its process id; undefined when it does not answer. */
export async function answer(port: number): Promise<{ pid: number; text: string } | undefined> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/`, { headers: { connection: 'close' } });
    const [pid = '', ...words] = (await response.text()).trim().split(' ');
    return { pid: Number(pid), text: words.join(' ') };
  } catch {
    return undefined;
  }
}

/** Ports that nobody listens on at the moment. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

/** The status of an answer. */
export function status(port: number, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, agent }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? 0));
      response.on('error', reject);
    }).on('error', reject);
  });
}

/** Kills a process, if it is still there. */
export function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}

/** Clients that ask without a pause, over connections that are kept. */
export class Load {
  /** Whether an answer may say that the program cannot be built. */
  isBroken = false;
  count = 0;
  /** Answers that should not have been. */
  readonly wrong: string[] = [];
  #isOver = false;
  readonly #clients: readonly Promise<void>[];

  constructor(
    private readonly port: number,
    private readonly agent: Agent,
  ) {
    this.#clients = Array.from({ length: 4 }, () => this.#ask());
  }

  async end(): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#clients);
  }

  async #ask(): Promise<void> {
    for (; !this.#isOver; this.count++) {
      const mayFail = this.isBroken;
      const got = await status(this.port, this.agent).catch((error: Error) => error.message);
      if (got !== 200 && !(got === 503 && (mayFail || this.isBroken))) this.wrong.push(String(got));
    }
  }
}
