import { createHash } from 'node:crypto';

/** Numbers that look random and depend on nothing but the seed. */
export class Random {
  private state: number;

  /** @param seed any text, or a whole number below 2³²; equal seeds give equal sequences. */
  constructor(seed: string | number) {
    this.state = typeof seed === 'number' ? seed : createHash('sha256').update(seed).digest().readUInt32LE(0);
  }

  /** At least 0, below 1 (mulberry32). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  /** A whole number, at least 0 and below `limit`. */
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** One of the items; undefined where there is none. */
  pick<T>(items: readonly T[]): T | undefined {
    return items[this.below(items.length)];
  }

  /** One of the items, where there is at least one. */
  of<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T;
  }

  /** Up to `count` different whole numbers from `from` to below `to`, ascending. */
  some(count: number, from: number, to: number): number[] {
    const chosen = new Set<number>();
    const most = Math.min(count, to - from);
    while (chosen.size < most) chosen.add(from + this.below(to - from));
    return [...chosen].sort((a, b) => a - b);
  }

  /** The items in another order. */
  shuffled<T>(items: readonly T[]): T[] {
    const result = [...items];
    for (let i = result.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      [result[i], result[j]] = [result[j] as T, result[i] as T];
    }
    return result;
  }

  /** One of the items, each as likely as its weight says. */
  weighted<T extends { readonly weight: number }>(items: readonly T[]): T | undefined {
    let left = this.next() * items.reduce((sum, { weight }) => sum + weight, 0);
    return items.find(({ weight }) => (left -= weight) < 0) ?? items.at(-1);
  }
}
