/** A set of the numbers from 0 to below a fixed size, one bit each. */
export class BitSet {
  private readonly words: Uint32Array;

  constructor(
    readonly size: number,
    words = new Uint32Array(Math.ceil(size / 32)),
  ) {
    this.words = words;
  }

  /** Sets of one size, in one piece of memory: thousands of small ones take longer to allocate than to fill. */
  static many(count: number, size: number): BitSet[] {
    const length = Math.ceil(size / 32);
    const words = new Uint32Array(count * length);
    return Array.from({ length: count }, (_, index) => {
      return new BitSet(size, words.subarray(index * length, (index + 1) * length));
    });
  }

  add(value: number): void {
    this.words[value >>> 5] = (this.words[value >>> 5] ?? 0) | (1 << (value & 31));
  }

  delete(value: number): void {
    this.words[value >>> 5] = (this.words[value >>> 5] ?? 0) & ~(1 << (value & 31));
  }

  has(value: number): boolean {
    return ((this.words[value >>> 5] ?? 0) & (1 << (value & 31))) !== 0;
  }

  /** Adds all that is in another set of the same size. */
  addAll(other: BitSet): void {
    const { words } = other;
    for (let index = 0; index < words.length; index++) {
      this.words[index] = (this.words[index] ?? 0) | (words[index] ?? 0);
    }
  }

  intersects(other: BitSet): boolean {
    const { words } = other;
    for (let index = 0; index < words.length; index++) {
      if (((this.words[index] ?? 0) & (words[index] ?? 0)) !== 0) return true;
    }
    return false;
  }

  /** What is in the set and in the other one, ascending. */
  common(other: BitSet): number[] {
    return this.numbers((word, index) => word & (other.words[index] ?? 0));
  }

  /** What is in the set and not in the other one, ascending. */
  without(other: BitSet): number[] {
    return this.numbers((word, index) => word & ~(other.words[index] ?? 0));
  }

  private numbers(select: (word: number, index: number) => number): number[] {
    const indexes: number[] = [];
    for (let index = 0; index < this.words.length; index++) {
      let rest = select(this.words[index] ?? 0, index);
      while (rest !== 0) {
        indexes.push(index * 32 + 31 - Math.clz32(rest & -rest));
        rest &= rest - 1;
      }
    }
    return indexes;
  }
}
