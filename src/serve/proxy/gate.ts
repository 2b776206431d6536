/** Where a request goes: to the program that listens on a port, or nowhere because of what is wrong. */
export type Passage = { readonly port: number } | { readonly problem: string };

/** Holds requests from a save until the program that it makes is ready, and counts those that are under way. */
export class Gate {
  #passage: Passage | undefined;
  #opened: (() => void)[] = [];
  #underWay = 0;
  #emptied: (() => void)[] = [];

  /** @param onOpen called each time that a program is ready, or that it is known to be wrong. */
  constructor(private readonly onOpen: () => void) {}

  /** Requests wait from now on. */
  hold(): void {
    this.#passage = undefined;
  }

  /** Lets all requests go one way, those that wait first. */
  open(passage: Passage): void {
    this.#passage = passage;
    const waiting = this.#opened;
    this.#opened = [];
    for (const pass of waiting) pass();
    this.onOpen();
  }

  /** Waits as long as requests are held. */
  async passage(): Promise<Passage> {
    while (!this.#passage) await new Promise<void>((resolve) => this.#opened.push(resolve));
    return this.#passage;
  }

  /** Counts a request that the program works on. Call what is returned when it is done; more calls do nothing. */
  enter(): () => void {
    let isIn = true;
    this.#underWay++;
    return () => {
      if (!isIn) return;
      isIn = false;
      if (--this.#underWay > 0) return;
      for (const empty of this.#emptied) empty();
      this.#emptied = [];
    };
  }

  /** Waits until the program works on no request, or some milliseconds have passed. */
  async drained(milliseconds: number): Promise<void> {
    if (this.#underWay === 0) return;
    let timer: NodeJS.Timeout | undefined;
    const emptied = new Promise<void>((resolve) => this.#emptied.push(resolve));
    await Promise.race([emptied, new Promise((resolve) => (timer = setTimeout(resolve, milliseconds)))]);
    clearTimeout(timer);
  }
}
