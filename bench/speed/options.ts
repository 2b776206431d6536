import { parseArgs } from 'node:util';

import { SIZES } from '../../testing/generated/write-workspace.js';
import type { Part } from './bench.js';
import { build } from './build.js';
import { test, vet } from './checks.js';
import { coldBytes } from './cold/bytes.js';
import { COLD, coldMachine } from './cold/machine.js';
import { edit } from './edit.js';
import { explain } from './explain.js';
import { graph } from './graph.js';
import { hash } from './hash.js';
import { cold } from './mixed/cold.js';
import { gate } from './mixed/gate.js';
import { unchanged } from './mixed/unchanged.js';
import { waiting } from './mixed/waiting.js';
import { peers } from './peers.js';
import { restore } from './restore.js';
import { SCALE, scale } from './scale.js';
import { latency } from './serve/latency.js';
import { SOAK, soak } from './serve/soak.js';

const MIXED: readonly Part[] = [cold, waiting, gate, unchanged];
/** What one name asks for together: `--only mixed` is all of them. */
const TOGETHER: ReadonlyMap<string, readonly Part[]> = new Map([
  ['mixed', MIXED],
  [COLD, coldMachine],
  [SCALE, scale],
  [SOAK, soak],
]);
const PARTS: readonly Part[] = [build, edit, restore, test, vet, ...MIXED, graph, hash];
/** Those that take long, and are measured when they are asked for. */
const ON_REQUEST: readonly Part[] = [...coldMachine, coldBytes, explain, ...scale, latency, ...soak, peers];

/** What a run of the benchmark is to do. */
export interface BenchOptions {
  readonly parts: readonly Part[];
  readonly size: keyof typeof SIZES;
  readonly rounds: number;
  /** How many saves `serve` is put to the test with. */
  readonly saves: number;
  /** Path of the tarball of an older plugin, which some parts compare with. */
  readonly before: string | undefined;
  /** `dir:pattern` of main packages in repositories whose sources are edited in a copy. */
  readonly repositories: readonly string[];
  /** Path of the JSON file, relative to the working directory. */
  readonly output: string;
}

/** @throws Error for what is not an option, or not a value of one. */
export function benchOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string' },
      size: { type: 'string', default: 'small' },
      rounds: { type: 'string', default: '5' },
      saves: { type: 'string', default: '1000' },
      peers: { type: 'boolean', default: false },
      before: { type: 'string' },
      repositories: { type: 'string' },
      output: { type: 'string', default: 'bench-results.json' },
    },
  });
  const parts = values.peers ? [...PARTS, peers] : PARTS;
  const names = values.only?.split(',') ?? parts.map(({ name }) => name);
  return {
    parts: names.flatMap((name) => TOGETHER.get(name) ?? oneOf([...PARTS, ...ON_REQUEST], name)),
    size: sizeNamed(values.size),
    rounds: count('rounds', values.rounds),
    saves: count('saves', values.saves),
    before: values.before,
    repositories: values.repositories?.split(',') ?? [],
    output: values.output,
  };
}

function count(option: string, value: string): number {
  const number = Number(value);
  if (Number.isInteger(number) && number > 0) return number;
  throw new Error(`--${option} ${value}: it takes a positive integer`);
}

function oneOf(parts: readonly Part[], name: string): Part {
  const part = parts.find((candidate) => candidate.name === name);
  if (part) return part;
  throw new Error(`--only ${name}: the parts are ${parts.map((known) => known.name).join(', ')}`);
}

function sizeNamed(name: string): keyof typeof SIZES {
  if (Object.hasOwn(SIZES, name)) return name as keyof typeof SIZES;
  throw new Error(`--size ${name}: the sizes are ${Object.keys(SIZES).join(', ')}`);
}
