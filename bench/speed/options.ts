import { parseArgs } from 'node:util';

import { SIZES } from '../../testing/generated/write-workspace.js';
import type { Part } from './bench.js';
import { build } from './build.js';
import { test, vet } from './checks.js';
import { edit } from './edit.js';
import { graph } from './graph.js';
import { hash } from './hash.js';
import { cold } from './mixed/cold.js';
import { gate } from './mixed/gate.js';
import { unchanged } from './mixed/unchanged.js';
import { waiting } from './mixed/waiting.js';
import { peers } from './peers.js';
import { restore } from './restore.js';
import { SCALE, scale } from './scale.js';

const MIXED: readonly Part[] = [cold, waiting, gate, unchanged];
/** What one name asks for together: `--only mixed` is all of them. */
const TOGETHER: ReadonlyMap<string, readonly Part[]> = new Map([
  ['mixed', MIXED],
  [SCALE, scale],
]);
const PARTS: readonly Part[] = [build, edit, restore, test, vet, ...MIXED, graph, hash];
/** Those that take long, and are measured when they are asked for. */
const ON_REQUEST: readonly Part[] = [...scale, peers];

/** What a run of the benchmark is to do. */
export interface BenchOptions {
  readonly parts: readonly Part[];
  readonly size: keyof typeof SIZES;
  readonly rounds: number;
  /** Path of the tarball of an older plugin, which some parts compare with. */
  readonly before: string | undefined;
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
      peers: { type: 'boolean', default: false },
      before: { type: 'string' },
      output: { type: 'string', default: 'bench-results.json' },
    },
  });
  const parts = values.peers ? [...PARTS, peers] : PARTS;
  const names = values.only?.split(',') ?? parts.map(({ name }) => name);
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1)
    throw new Error(`--rounds ${values.rounds}: it takes a positive integer`);
  return {
    parts: names.flatMap((name) => TOGETHER.get(name) ?? oneOf([...PARTS, ...ON_REQUEST], name)),
    size: sizeNamed(values.size),
    rounds,
    before: values.before,
    output: values.output,
  };
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
