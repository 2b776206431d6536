import { availableParallelism } from 'node:os';

import { TARGET_KIND_NAMES, TARGET_KINDS, type TargetKind } from '../../facts/target-kinds.js';

/** Work for some tasks of one kind, mostly a go process. */
export interface Job {
  readonly tasks: readonly { readonly id: string }[];
  /**
   * What it compiles, see `compileKey`: of jobs with the same key one after the other gets its turn to compile, so that
   * none compiles what another one is just compiling. Undefined where nothing is compiled.
   */
  readonly compiles?: string;
  /** @param compiled to be called when it goes on without compiling; its end says the same. */
  readonly run: (compiled: () => void) => Promise<void>;
}

/** How many jobs of a kind run at once: each go process keeps all cores busy when there is enough to compile. */
const MOST = Math.min(3, availableParallelism());
/** Archives are made on this process's own core. */
const MOST_ARCHIVES = 1;

/**
 * The jobs of a batch. Those of different kinds run side by side, as do a few of one kind; but of those that compile
 * the same only one at a time compiles. Of these, the jobs of the kinds that come first in the table start first.
 */
export class Jobs {
  #waiting: { readonly kind: TargetKind; readonly job: Job }[] = [];
  readonly #running = new Map<TargetKind, number>();
  readonly #compiling = new Set<string>();
  readonly #onFree: () => void;
  readonly #parallel: number;

  /**
   * @param onFree called when a job has ended and others have started.
   * @param parallel how many jobs of all kinds may run at once, where Nx was told a number.
   */
  constructor(onFree: () => void, parallel = Infinity) {
    this.#onFree = onFree;
    this.#parallel = parallel;
  }

  /** Whether nothing runs or waits. */
  get isIdle(): boolean {
    return this.#waiting.length === 0 && this.#runningInAll() === 0;
  }

  /** Whether a further job of a kind would start at once, if it need not wait for its turn to compile. */
  hasRoom(kind: TargetKind): boolean {
    const waiting = this.#waiting.filter((other) => other.kind === kind).length;
    const isRoom = this.#runningInAll() + this.#waiting.length < this.#parallel;
    return isRoom && this.#runningOf(kind) + waiting < most(kind);
  }

  add(kind: TargetKind, jobs: readonly Job[]): void {
    this.#waiting.push(...jobs.map((job) => ({ kind, job })));
    // A stable sort: jobs of one kind keep their order.
    this.#waiting.sort((a, b) => TARGET_KIND_NAMES.indexOf(a.kind) - TARGET_KIND_NAMES.indexOf(b.kind));
  }

  /** Gives up what has not started. */
  drop(): Job[] {
    const dropped = this.#waiting.map(({ job }) => job);
    this.#waiting = [];
    return dropped;
  }

  /** Starts what may start. */
  start(): void {
    this.#waiting = this.#waiting.filter(({ kind, job }) => {
      const isRoom = this.#runningOf(kind) < most(kind) && this.#runningInAll() < this.#parallel;
      const mayStart = isRoom && !this.#compiling.has(job.compiles ?? '');
      if (mayStart) void this.#run(kind, job);
      return !mayStart;
    });
  }

  async #run(kind: TargetKind, { compiles, run }: Job): Promise<void> {
    this.#running.set(kind, this.#runningOf(kind) + 1);
    if (compiles !== undefined) this.#compiling.add(compiles);
    let compiled = false;
    const pass = (): void => {
      if (compiled || compiles === undefined) return;
      compiled = true;
      this.#compiling.delete(compiles);
      this.start();
    };
    // What goes wrong is reported for its tasks.
    await run(pass);
    this.#running.set(kind, this.#runningOf(kind) - 1);
    pass();
    this.start();
    this.#onFree();
  }

  #runningInAll(): number {
    return [...this.#running.values()].reduce((sum, count) => sum + count, 0);
  }

  #runningOf(kind: TargetKind): number {
    return this.#running.get(kind) ?? 0;
  }
}

function most(kind: TargetKind): number {
  return TARGET_KINDS[kind].of === 'archive' ? MOST_ARCHIVES : MOST;
}
