import { installation } from '../../testing/workspace/installation.js';
import { NX_24 } from '../../testing/workspace/nx-versions.js';
import type { PartResult } from '../report/result.js';
import { timeInterleaved, type Contestant, type Seconds } from '../timing/interleave.js';
import type { WorkspaceSize } from '../../testing/generated/plan.js';
import { bareNxFiles } from './bare-nx.js';
import { SpeedWorkspace } from './speed-workspace.js';
import { standardCache } from './standard-cache.js';

/** One part of the benchmark. */
export interface Part {
  readonly name: string;
  measure(bench: Bench): Promise<PartResult[]>;
}

/** Who takes part in nearly everything. */
export const GOPHER = 'nx-gopher';
export const GOPHER_DAEMON = 'nx-gopher, daemon';
export const NO_OP = 'Nx with no-op tasks';
export const NO_OP_BATCH = 'Nx with a no-op batch';

/** What the parts share: the workspaces, made when they are first needed, and how measurements are taken. */
export class Bench {
  readonly #workspaces = new Map<string, Promise<SpeedWorkspace>>();

  /**
   * @param progress is told what is going on.
   * @param before tarball of an older plugin to compare with.
   */
  constructor(
    readonly size: WorkspaceSize,
    readonly rounds: number,
    readonly progress: (text: string) => void,
    readonly before?: string,
    /** How many saves `serve` is put to the test with. */
    readonly saves = 1000,
    /** `dir:pattern` of main packages in repositories whose sources are edited in a copy. */
    readonly repositories: readonly string[] = [],
  ) {}

  /** With the plugin and nothing else in nx.json. */
  async gopher(): Promise<SpeedWorkspace> {
    const installed = await installation(NX_24);
    return this.workspace('gopher', () => SpeedWorkspace.create('gopher', this.size, PLUGIN_ONLY, installed));
  }

  /** A second one of these, for runs with a daemon. */
  async gopherWithDaemon(): Promise<SpeedWorkspace> {
    const installed = await installation(NX_24);
    return this.workspace('daemon', () => SpeedWorkspace.create('daemon', this.size, PLUGIN_ONLY, installed));
  }

  /** For go alone. */
  plain(): Promise<SpeedWorkspace> {
    return this.workspace('plain', () => SpeedWorkspace.create('plain', this.size, {}));
  }

  /** With Nx and without the plugin. */
  async bare(): Promise<SpeedWorkspace> {
    const installed = await installation(NX_24);
    return this.workspace('bare', () => SpeedWorkspace.create('bare', this.size, bareNxFiles(this.size), installed));
  }

  /** A GOCACHE with the standard library, see {@link standardCache}. */
  async standard(): Promise<string> {
    return standardCache((await this.plain()).root);
  }

  /**
   * Times contestants in turns.
   *
   * @param slow whether three rounds have to do.
   */
  time(title: string, contestants: readonly Contestant[], { slow = false } = {}): Promise<Seconds> {
    this.progress(title);
    return timeInterleaved(contestants, slow ? Math.min(3, this.rounds) : this.rounds, (name, round, seconds) =>
      this.progress(`  ${round || 'not counted'}: ${name} ${seconds.toFixed(2)} s`),
    );
  }

  /** Takes all workspaces off the disk. */
  async dispose(): Promise<void> {
    const workspaces = await Promise.allSettled(this.#workspaces.values());
    for (const workspace of workspaces) if (workspace.status === 'fulfilled') await workspace.value.dispose();
  }

  /** The workspace of that name, made when it is first asked for. */
  workspace(name: string, create: () => Promise<SpeedWorkspace>): Promise<SpeedWorkspace> {
    const creating = this.#workspaces.get(name) ?? create();
    this.#workspaces.set(name, creating);
    return creating;
  }
}

/** nx.json with what the generator `init` writes. */
export const PLUGIN_ONLY = {
  'nx.json': `${JSON.stringify({ plugins: ['nx-gopher'], namedInputs: { goSources: [] } })}\n`,
};
const DAEMON = { NX_DAEMON: 'true' };

/** Nx with nothing to do for each main: what Nx itself costs in every run. */
export function noOp(bench: Bench): Promise<Contestant> {
  return idling(bench, NO_OP, 'nothing');
}

/**
 * The same in a batch, for which Nx starts a process: what it costs in every run that builds something.
 *
 * @param isCold whether Nx remembers nothing of earlier runs.
 */
export function noOpBatch(bench: Bench, { isCold = false } = {}): Promise<Contestant> {
  return idling(bench, NO_OP_BATCH, 'batch', isCold);
}

async function idling(bench: Bench, name: string, target: string, isCold = false): Promise<Contestant> {
  const bare = await bench.bare();
  return {
    name,
    prepare: async () => {
      if (isCold) bare.forget();
    },
    run: async () => {
      const { output } = await bare.nxCommand(['run-many', '-t', target]);
      // Nx gives no-op tasks no lines of their own.
      if (!output.includes(`Successfully ran target ${target} for ${bench.size.mains} projects`))
        throw new Error(output);
    },
  };
}

/** `nx run-many` of a target, nothing cached by Nx; without a daemon, and with one that knows the graph. */
export async function cold(bench: Bench, target: string, count: number, goCache?: string): Promise<Contestant[]> {
  const [without, withDaemon] = [await bench.gopher(), await bench.gopherWithDaemon()];
  const args = ['run-many', '-t', target];
  const forget = async (workspace: SpeedWorkspace): Promise<void> => {
    workspace.forget();
    if (goCache !== undefined) await workspace.startGoCacheFrom(goCache);
  };
  return [
    { name: GOPHER, prepare: () => forget(without), run: () => without.nx(args, ['ran', count]) },
    {
      name: GOPHER_DAEMON,
      prepare: async () => {
        await withDaemon.nxCommand(['daemon', '--stop']);
        await forget(withDaemon);
        await withDaemon.nxCommand(['show', 'projects'], DAEMON);
      },
      run: () => withDaemon.nx(args, ['ran', count], DAEMON),
    },
  ];
}

/** A go command in a workspace without Nx, from the state that the other contestants start from. */
export async function goCommand(bench: Bench, args: readonly string[], goCache?: string): Promise<Contestant> {
  const plain = await bench.plain();
  return {
    name: `go ${args[0]}`,
    prepare: async () => {
      plain.forget();
      if (goCache !== undefined) await plain.startGoCacheFrom(goCache);
    },
    run: async () => void (await plain.go(...args)),
  };
}
