import { ratioOf, type Comparison, type Seconds } from '../timing/interleave.js';
import { spreadOf, type Spread } from '../timing/statistics.js';

/** A comparison, and what it may come to at most, where something was promised. */
export interface Bar extends Comparison {
  readonly atMost?: number;
}

/** Something other than a time. */
export interface Amount {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly atMost?: number;
}

/** What one part of the benchmark found. */
export interface PartResult {
  readonly part: string;
  /** What was done, for the table's reader. */
  readonly title: string;
  readonly seconds: Readonly<Record<string, Spread & { readonly rounds: readonly number[] }>>;
  /** What else was measured. */
  readonly amounts?: readonly Amount[];
  readonly ratios: readonly (Bar & { readonly ratio: Spread; readonly kept?: boolean })[];
}

export function partResult(part: string, title: string, seconds: Seconds, bars: readonly Bar[]): PartResult {
  return {
    part,
    title,
    seconds: Object.fromEntries(
      Object.entries(seconds).map(([name, rounds]) => [name, { ...spreadOf(rounds), rounds }]),
    ),
    ratios: bars.map((bar) => {
      const ratio = ratioOf(seconds, bar);
      return { ...bar, ratio, ...(bar.atMost === undefined ? {} : { kept: ratio.median <= bar.atMost }) };
    }),
  };
}
