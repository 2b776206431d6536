/** Memory for so many bytes at a time: what does not fit waits. */
export class Room {
  #used = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(private readonly bytes: number) {}

  /** Does something that takes so many bytes. What is larger than the room has all of it. */
  async during<Result>(bytes: number, work: () => Promise<Result>): Promise<Result> {
    while (this.#used > 0 && this.#used + bytes > this.bytes)
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#used += bytes;
    try {
      return await work();
    } finally {
      this.#used -= bytes;
      for (const goOn of this.#waiting.splice(0)) goOn();
    }
  }
}
