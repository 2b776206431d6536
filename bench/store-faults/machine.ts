import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { runGo } from '../../src/go/process/command.js';
import { KnownPackages } from '../../src/warm/known-packages.js';
import type { ObjectSigner } from '../../src/warm/package-object.js';
import { DirectoryStore } from '../../src/warm/store/directory.js';
import type { Store } from '../../src/warm/store/store.js';
import { Warm } from '../../src/warm/warm.js';
import { DataFolder } from '../../src/workspace/kept/data-folder.js';
import { digestOfFile } from '../../testing/truth/digests.js';
import { writeFiles } from '../../testing/workspace/files.js';
import { linkFolder } from '../../testing/workspace/link-folder.js';

const GO = { path: 'go', version: '' };
const FLAGS = ['-trimpath', '-buildvcs=false'];
const MODULE = 'example.com/faults';
const LIBRARIES = 30;
const MAINS = ['cmd/a', 'cmd/b', 'cmd/c'];
/** Milliseconds. No build takes a tenth of it. */
const HANG = 90_000;

/** What came of a build. */
export interface Outcome {
  /** Wrong: other binaries than go makes alone. Poisoned: GOCACHE has bodies that are not what they are called. */
  readonly end: 'right' | 'wrong' | 'failed' | 'hung' | 'poisoned';
  readonly said: readonly string[];
  /** Packages of the workspace that were taken from the store. */
  readonly fetched: number;
}

/** Builds small programs, whose packages only the store has: all else is in GOCACHE. */
export class Machine {
  readonly #root: string;
  #digests: readonly string[] = [];
  #builds = 0;

  private constructor(private readonly folder: string) {
    this.#root = join(folder, 'workspace');
  }

  static async create(folder: string): Promise<Machine> {
    const machine = new Machine(folder);
    writeFiles(machine.#root, sources());
    await machine.#go('base', 'nothing', ['runtime']);
    if (!(await machine.#go('own', 'truth'))) throw new Error('the programs do not build');
    machine.#digests = machine.#made('truth');
    return machine;
  }

  /** What a store holds of the workspace's own packages, by key. */
  async objects(signer: ObjectSigner): Promise<Map<string, Buffer>> {
    const store = new DirectoryStore(join(this.folder, `objects-${++this.#builds}`));
    const { end } = await this.#build(store, signer, true);
    if (end !== 'right') throw new Error(`without a fault the build is ${end}`);
    const files = await store.files();
    return new Map(files.map(({ key, path }) => [key, readFileSync(path)] as const).filter(([, one]) => isOwn(one)));
  }

  /** Builds with what a store gives. */
  async build(store: Store, signer: ObjectSigner): Promise<Outcome> {
    let timer: NodeJS.Timeout | undefined;
    const hung = new Promise<Outcome>((resolve) => {
      timer = setTimeout(() => resolve({ end: 'hung', said: [], fetched: 0 }), HANG);
    });
    return Promise.race([this.#build(store, signer, false), hung]).finally(() => clearTimeout(timer));
  }

  async #build(store: Store, signer: ObjectSigner, writes: boolean): Promise<Outcome> {
    const [cache, data] = [join(this.folder, 'cold'), join(this.folder, 'data')];
    for (const path of [cache, data, join(this.folder, 'made')]) rmSync(path, { recursive: true, force: true });
    await linkFolder(join(this.folder, 'base'), cache);
    const said: string[] = [];
    const known = new KnownPackages(new DataFolder(data), 'store');
    const warm = new Warm({ store, writes, known, signer, say: (text) => said.push(text) });
    const where = { cwd: this.#root, env: this.#environment('cold') };
    const process = await warm.prepare(GO, { patterns: ['./cmd/...'], flags: FLAGS, tests: false, where });
    const laid = wrongBodies(cache);
    const isMade = await this.#go('cold', 'made', ['./cmd/...'], process.flags);
    process.stop();
    await warm.finish();
    const own = [...warm.statistics.packages].filter(([path]) => path.startsWith(MODULE));
    const fetched = own.filter(([, { source }]) => source === 'fetched').length;
    const isRight = isMade && this.#made('made').every((digest, index) => digest === this.#digests[index]);
    return { end: !isMade ? 'failed' : !isRight ? 'wrong' : laid > 0 ? 'poisoned' : 'right', said, fetched };
  }

  #made(name: string): string[] {
    return MAINS.map((main) => digestOfFile(join(this.folder, name, main.slice(4))));
  }

  async #go(cache: string, output: string, patterns = ['./cmd/...'], flags: readonly string[] = []): Promise<boolean> {
    const to = patterns[0] === 'runtime' ? [] : ['-o', `${join(this.folder, output)}/`];
    const args = ['build', ...FLAGS, ...flags, ...to, ...patterns];
    return (await runGo(GO, args, { cwd: this.#root, env: this.#environment(cache) })).exitCode === 0;
  }

  #environment(cache: string): Record<string, string> {
    return { GOCACHE: join(this.folder, cache), GOFLAGS: '', GOWORK: 'off', GOTOOLCHAIN: 'local', GOPROXY: 'off' };
  }
}

/** Bodies that were laid into a build cache under a name that is not theirs. */
function wrongBodies(cache: string): number {
  let wrong = 0;
  for (const folder of readdirSync(cache).filter((name) => /^[0-9a-f]{2}$/.test(name))) {
    for (const name of readdirSync(join(cache, folder))) {
      const path = join(cache, folder, name);
      // What was there before has a second name elsewhere.
      if (statSync(path).nlink > 1 && process.platform === 'linux') continue;
      if (name.endsWith('-d') && digestOfFile(path) !== name.slice(0, -2)) wrong++;
    }
  }
  return wrong;
}

function isOwn(object: Buffer): boolean {
  return object.subarray(0, 1000).includes(`"importPath":"${MODULE}/`);
}

/** Libraries that import one another and nothing of the standard library, and three programs. */
function sources(): Record<string, string> {
  const files: Record<string, string> = { 'go.mod': `module ${MODULE}\n\ngo 1.24\n` };
  for (let number = 0; number < LIBRARIES; number++) {
    const imported = [number - 1, number - 3].filter((other) => other >= 0 && number % 5 !== 0);
    const imports = imported.map((other) => `import "${MODULE}/lib${other}"\n`).join('');
    const sum = [`${number}`, ...imported.map((other) => `lib${other}.F(n)`)].join(' + ');
    files[`lib${number}/lib.go`] =
      `package lib${number}\n\n${imports}\n//go:noinline\nfunc F(n int) int { return n + ${sum} }\n`;
  }
  for (const [index, main] of MAINS.entries()) {
    const own = Array.from({ length: LIBRARIES }, (_, number) => number).filter((number) => number % 3 === index);
    const imports = own.map((number) => `import "${MODULE}/lib${number}"\n`).join('');
    files[`${main}/main.go`] =
      `package main\n\n${imports}\nfunc main() { println(${own.map((number) => `lib${number}.F(1)`).join(' + ')}) }\n`;
  }
  return files;
}
