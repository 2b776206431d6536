import type { Server, Socket } from 'node:net';

import { builtFile, type BuiltMain } from '../build/build-mains.js';
import { Builds } from '../build/builds.js';
import { FunctionPorts } from '../lambda/function-ports.js';
import { receive, send, type Asking, type Joining } from '../meet/messages.js';
import { ChangedFiles } from '../watch/changed-files.js';
import { DirectoryWatcher } from '../watch/directory-watcher.js';
import { gitLock } from '../watch/git-lock.js';
import { Saves } from '../watch/saves.js';
import { Main } from './main.js';
import { Programs, type Change } from './programs.js';

/** Milliseconds by which the clock of a file system may be late; less than a burst rests until it counts as over. */
const CLOCK = 10;

/**
 * Leads all processes that serve programs of a workspace: one watcher, one listing, and one build for each burst of
 * changes, for all programs together.
 */
export class Leader {
  readonly #programs: Programs;
  readonly #saves: Saves;
  readonly #watcher: DirectoryWatcher;
  readonly #builds: Builds;
  readonly #functions = new FunctionPorts();
  /** Ids of programs whose environment has changed with their files. */
  #environment: ReadonlySet<string> = new Set();
  #isOver = false;

  constructor(
    private readonly root: string,
    server: Server,
  ) {
    this.#saves = new Saves(gitLock(root));
    this.#programs = new Programs(root, new ChangedFiles(root));
    this.#watcher = new DirectoryWatcher(
      root,
      (path) => this.#saves.add(path),
      (text) => this.#warnAll(text),
    );
    this.#builds = new Builds(root, {
      built: (built) => this.#tellBuilt(built),
      detail: (id, text) => this.#mainOf(id)?.tell({ type: 'detail', text }),
      warn: (text) => this.#warnAll(text),
    });
    server.on('connection', (socket) => this.#welcome(socket));
    server.on('close', () => this.#end());
    void this.#lead();
  }

  #welcome(socket: Socket): void {
    const joined = new Set<Main>();
    const functions: (() => void)[] = [];
    receive<Joining | Asking>(socket, (message) => {
      if ('find' in message) return send(socket, { type: 'found', endpoint: this.#functions.endpointOf(message.find) });
      const { join } = message;
      const main = new Main(join, socket);
      joined.add(main);
      this.#programs.add(main);
      if (join.lambda) functions.push(this.#functions.add(join.lambda, main));
      this.#saves.nudge();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      for (const main of joined) this.#programs.delete(main);
      for (const leave of functions) leave();
    });
  }

  #end(): void {
    this.#isOver = true;
    this.#watcher.close();
    this.#builds.close();
    this.#functions.close();
    this.#saves.nudge();
  }

  async #lead(): Promise<void> {
    while (!this.#isOver) {
      if (![...this.#programs.mains].some(({ isNew }) => isNew)) await this.#saves.some();
      if (this.#isOver) return;
      try {
        await this.#round();
      } catch (error) {
        this.#warnAll(error instanceof Error ? (error.stack ?? error.message) : String(error));
      }
    }
  }

  /** One burst of changes, from the first hint to the last build. */
  async #round(): Promise<void> {
    const paths = await this.#saves.take();
    const started = Date.now() - CLOCK;
    const change = await this.#programs.take(paths);
    this.#watch(started);
    const { affected, environment, ignored, warnings } = change;
    // One that has joined since is for the next round.
    const mains = change.mains.filter((main) => main.isNew || affected.has(main));
    for (const main of change.mains) {
      if (ignored.length > 0) main.tell({ type: 'ignored', reasons: ignored });
      const warning = warnings.get(main);
      if (warning !== undefined) main.tell({ type: 'warning', text: warning });
      const reasons = environment.get(main);
      if (reasons && !mains.includes(main)) main.tell({ type: 'environment', reasons });
    }
    for (const main of mains) {
      main.isNew = false;
      const reasons = [...(affected.get(main) ?? []), ...(environment.get(main) ?? [])];
      main.tell({ type: 'building', reasons });
    }
    await this.#build(mains, change);
  }

  async #build(mains: readonly Main[], { edited, environment }: Change): Promise<void> {
    this.#environment = new Set([...environment.keys()].map(({ id }) => id));
    for (const main of mains) if (!main.task) this.#tellFailure(main, main.problem);
    const tasks = mains.flatMap((main) =>
      main.task ? { task: main.task, fastPath: main.served.fastPath, edited: edited.get(main) } : [],
    );
    if (tasks.length > 0) await this.#builds.build(tasks, this.#programs.session);
  }

  #tellBuilt({ id, success, text }: BuiltMain): void {
    const main = this.#mainOf(id);
    if (!main?.task) return;
    main.hasFailed = !success;
    const file = builtFile(main.task, this.root);
    if (success) main.tell({ type: 'built', file, text, environment: this.#environment.has(id) });
    else this.#tellFailure(main, text);
  }

  #mainOf(id: string): Main | undefined {
    return [...this.#programs.mains].find((main) => main.id === id);
  }

  #tellFailure(main: Main, text: string): void {
    main.hasFailed = true;
    main.tell({ type: 'failed', text });
  }

  /** What was written since it was listed, and before it was watched, is looked at once more. */
  #watch(started: number): void {
    this.#watcher.set(this.#programs.dirs());
    for (const path of this.#programs.knowFiles(started)) this.#saves.add(path);
  }

  #warnAll(text: string): void {
    for (const main of this.#programs.mains) main.tell({ type: 'warning', text });
  }
}
