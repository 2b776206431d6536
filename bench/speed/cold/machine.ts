import { readFileSync } from 'node:fs';

import { CacheServer } from '../../../testing/cache-server/cache-server.js';
import { dependentsOf, planWorkspace, type PlannedPackage } from '../../../testing/generated/plan.js';
import { MODULE } from '../../../testing/generated/sources.js';
import { installation } from '../../../testing/workspace/installation.js';
import { NX_24 } from '../../../testing/workspace/nx-versions.js';
import { partResult } from '../../report/result.js';
import type { Contestant } from '../../timing/interleave.js';
import { GOPHER, noOpBatch, NO_OP_BATCH, type Bench, type Part } from '../bench.js';
import { editLibrary } from '../edit.js';
import { SpeedWorkspace } from '../speed-workspace.js';
import { bump, BUMPED, importersOfBumped, moduleFiles, moduleSettings } from './modules.js';

const GO = 'go build, all else in GOCACHE';
const NEAR = `${GOPHER}, a store`;
const FAR = `${GOPHER}, a store 50 ms away`;
const ALONE = `${GOPHER}, no store`;
const FIRST = `${GOPHER}, into an empty store`;
const GRAPH = `${GOPHER}, the graph alone`;
const IMPORTERS = 40;

/** Something that is changed before each run, and what has to be compiled for it. */
interface Change {
  readonly what: string;
  /** Directories of the packages that hold what changes. */
  readonly dependents: ReadonlySet<string>;
  /** What is compiled besides. */
  readonly outside?: string;
  /** Makes it into what it never was. */
  make(workspace: SpeedWorkspace): Promise<void>;
}

/**
 * Builds on a machine without any cache, in a workspace with 40 external packages: after changes, with a store of
 * compiled packages that another machine has filled; and the first of all, with a store that is empty.
 */
export const COLD = 'cold';
export const coldMachine: readonly Part[] = [
  part('leaf', { small: 1.25, medium: 1.35 }, (bench) => libraryEdited(bench, planWorkspace(bench.size).leaf)),
  part('importers', { small: 1.25 }, (bench) => libraryEdited(bench, imported(bench, IMPORTERS))),
  part('module', { small: 1.5 }, (bench) => ({
    what: 'another version of an external module',
    dependents: dependentsOf(planWorkspace(bench.size), importersOfBumped(planWorkspace(bench.size))),
    outside: BUMPED,
    make: bump,
  })),
  { name: `${COLD}-first`, measure: measureFirst },
];

/** @param atMost how much longer than go it may take, by size of the workspace. */
function part(name: string, atMost: Readonly<Record<string, number>>, change: (bench: Bench) => Change): Part {
  return {
    name: `${COLD}-${name}`,
    measure: (bench) =>
      measureChange(bench, `${COLD}-${name}`, change(bench), atMost[bench.size.mains > 60 ? 'medium' : 'small']),
  };
}

async function measureChange(bench: Bench, name: string, change: Change, atMost: number | undefined) {
  const [gopher, plain] = await workspaces(bench);
  const mains = plain.plan.mains.map(({ dir }) => dir).filter((dir) => change.dependents.has(dir));
  const goBuild = ['build', '-trimpath', '-buildvcs=false', '-o', 'dist/', ...mains.map((dir) => `./${dir}`)];
  const [near, far] = [await CacheServer.start(), await CacheServer.start()];
  far.delay = 50;
  const cold = new ColdMachine(gopher, mains, change);
  try {
    cold.forget();
    await cold.build(near, 'write');
    for (const [key, body] of near.entries) far.entries.set(key, body);
    await plain.go(...goBuild);
    const title = `${mains.length} of ${bench.size.mains} mains after ${change.what}, on a machine without caches`;
    const seconds = await bench.time(title, [
      { name: GO, prepare: () => change.make(plain), run: async () => void (await plain.go(...goBuild)) },
      cold.contestant(NEAR, near, 'read'),
      cold.contestant(FAR, far, 'read'),
      cold.graph(),
      await noOpBatch(bench, { isCold: true }),
    ]);
    const bars = [
      { subject: NEAR, reference: GO, less: NO_OP_BATCH, ...(atMost === undefined ? {} : { atMost }) },
      { subject: NEAR, reference: GO, less: GRAPH },
      { subject: FAR, less: NEAR, atMost: 2 },
    ];
    const vain = { name: 'packages compiled in vain', value: cold.compiledInVain, unit: '', atMost: 0 };
    return [{ ...partResult(name, title, seconds, bars), amounts: [vain] }];
  } finally {
    for (const server of [near, far]) await server.stop();
  }
}

/** What a store costs that has nothing yet. */
async function measureFirst(bench: Bench) {
  const [gopher] = await workspaces(bench);
  const mains = gopher.plan.mains.map(({ dir }) => dir);
  const store = await CacheServer.start();
  const cold = new ColdMachine(gopher, mains, libraryEdited(bench, gopher.plan.leaf));
  try {
    const title = `${mains.length} mains on a machine without caches, for the first time`;
    const first = cold.contestant(FIRST, store, 'write');
    const seconds = await bench.time(title, [
      cold.contestant(ALONE, store, 'off'),
      { ...first, prepare: () => first.prepare().then(() => store.entries.clear()) },
    ]);
    return [partResult(`${COLD}-first`, title, seconds, [{ subject: FIRST, reference: ALONE, atMost: 1.02 }])];
  } finally {
    await store.stop();
  }
}

/** Builds mains with neither an Nx cache nor a GOCACHE. */
class ColdMachine {
  compiledInVain = 0;

  constructor(
    private readonly workspace: SpeedWorkspace,
    private readonly mains: readonly string[],
    private readonly change: Change,
  ) {}

  forget(): void {
    this.workspace.forget();
    this.workspace.forgetCompiled();
  }

  build(store: CacheServer, remote: string): Promise<void> {
    const args = ['run-many', '-t', 'build', '-p', this.mains.join()];
    const settings = { NX_GOPHER_REMOTE: remote, NX_GOPHER_STATISTICS: this.#statistics };
    return this.workspace.nx(args, ['ran', this.mains.length], { ...store.storeSettings, ...settings });
  }

  contestant(name: string, store: CacheServer, remote: string): Contestant {
    return {
      name,
      prepare: async () => {
        this.forget();
        await this.change.make(this.workspace);
      },
      run: async () => {
        await this.build(store, remote);
        if (remote === 'read') this.#count();
      },
    };
  }

  /** What a machine without caches takes to know the projects. */
  graph(): Contestant {
    return {
      name: GRAPH,
      prepare: async () => this.forget(),
      run: async () => void (await this.workspace.nxCommand(['show', 'projects'])),
    };
  }

  get #statistics(): string {
    return this.workspace.path('../statistics.json');
  }

  #count(): void {
    const { packages } = JSON.parse(readFileSync(this.#statistics, 'utf8')) as {
      readonly packages: readonly { readonly importPath: string; readonly source: string }[];
    };
    const { dependents, outside } = this.change;
    const isDue = (importPath: string): boolean =>
      importPath === outside || dependents.has(importPath.slice(MODULE.length + 1));
    this.compiledInVain += packages.filter(
      ({ importPath, source }) => source === 'compiled' && !isDue(importPath),
    ).length;
  }
}

function libraryEdited(bench: Bench, library: PlannedPackage): Change {
  const dependents = dependentsOf(planWorkspace(bench.size), [library.dir]);
  return {
    what: `an edit of a library with ${dependents.size - 1} dependents`,
    dependents,
    make: async (workspace) => editLibrary(workspace, library),
  };
}

/** The library whose dependents are nearest to that many. */
function imported({ size }: Bench, count: number): PlannedPackage {
  const plan = planWorkspace(size);
  const distance = ({ dir }: PlannedPackage): number => Math.abs(dependentsOf(plan, [dir]).size - 1 - count);
  return plan.libraries.reduce((best, one) => (distance(one) < distance(best) ? one : best));
}

/** With the plugin, which puts compiled packages into whatever store there is; and for go alone. */
async function workspaces(bench: Bench): Promise<readonly [SpeedWorkspace, SpeedWorkspace]> {
  const installed = await installation(NX_24);
  const options = { warm: { harvest: 'always' } };
  const nxJson = { namedInputs: { goSources: [] }, plugins: [{ plugin: 'nx-gopher', options }] };
  const files = moduleFiles(planWorkspace(bench.size));
  const settings = moduleSettings();
  const create = (name: string, more: object, nx?: typeof installed): Promise<SpeedWorkspace> =>
    bench.workspace(name, () => SpeedWorkspace.create(name, bench.size, { ...files, ...more }, nx, settings));
  const gopher = await create('warm', { 'nx.json': JSON.stringify(nxJson) }, installed);
  const plain = await create('warm-plain', {});
  await plain.go('mod', 'download');
  return [gopher, plain];
}
