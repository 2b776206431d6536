import type { Random } from '../random/random.js';

/**
 * How the libraries of a workspace import each other:
 *
 * - `few`: two imports each.
 * - `dense`: eight, half of them of the foundations that all libraries share, half of neighbours. With 2,500
 *   libraries one then holds more than a hundred others, and a main some five hundred.
 * - `real`: as in large repositories, see {@link realImports}.
 * - `chain`: each the one before it. `star`: none, and the first main imports all.
 */
export type Shape = 'few' | 'dense' | 'real' | 'chain' | 'star';

/** How many libraries make a neighbourhood: none imports another neighbourhood's, but for the first one's. */
const NEIGHBOURS = 100;

/**
 * The libraries that one imports, and those that its test imports besides, by number, ascending: all are below its
 * own.
 */
export function libraryImports(shape: Shape, index: number, random: Random): { imports: number[]; tests: number[] } {
  if (shape === 'chain') return { imports: index === 0 ? [] : [index - 1], tests: [] };
  if (shape === 'star') return { imports: [], tests: [] };
  const imports =
    shape === 'real' ? realImports(index, random) : layeredImports(shape === 'dense' ? 4 : 1, index, random);
  const others = random.some(1, 0, index).filter((other) => !imports.includes(other));
  return { imports, tests: shape === 'real' || index % 5 === 0 ? others : [] };
}

/** How many libraries a main imports. */
export function mainImports(shape: Shape, index: number, libraries: number): number {
  if (shape === 'star') return index === 0 ? libraries : 0;
  return { few: 4, dense: 20, real: 6, chain: 1 }[shape];
}

function layeredImports(half: number, index: number, random: Random): number[] {
  const near = random.some(half, index - (index % NEIGHBOURS), index);
  const foundations = random.some(half, 0, Math.min(index, NEIGHBOURS));
  return sorted([...foundations, ...near]);
}

/**
 * Measured in Prometheus 3.16, the server of etcd 3.7, Hugo 0.150 and Kubernetes 1.33: a package imports 3 to 5
 * others of its module, and holds 9 to 48 with what they import (37 in Kubernetes, with 1,296 packages), at most 50
 * to 93 % of all; a quarter imports none, a few are imported by every eighth to every third. Ways of imports are at
 * most 12 to 28 long. A test imports one more, which adds up to 36 to what a package holds.
 */
function realImports(index: number, random: Random): number[] {
  if (random.chance(0.25)) return [];
  const candidates = Array.from({ length: 1 + random.below(8) }, () => {
    if (random.chance(0.55)) return Math.floor(Math.min(index, NEIGHBOURS) * random.next() ** 2);
    const block = index - (index % NEIGHBOURS);
    return random.chance(0.9) ? block + random.below(index - block) : random.below(index);
  });
  return sorted(candidates.filter((other) => other < index));
}

function sorted(numbers: readonly number[]): number[] {
  return [...new Set(numbers)].sort((a, b) => a - b);
}
