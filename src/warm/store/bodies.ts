import { MOST_BYTES } from '../package-object.js';
import { StoreError } from './store.js';

/** Reads what a store answers with: no more than a package may have, and than memory is there for all requests. */
export class Bodies {
  #held = 0;

  /** @param name of the store. */
  constructor(private readonly name: string) {}

  /** @throws StoreError for too much, and whatever reading throws. */
  async read(chunks: AsyncIterable<Uint8Array>, announced: number): Promise<Buffer> {
    if (announced > MOST_BYTES) throw this.#tooMuch(announced);
    const read: Uint8Array[] = [];
    let length = 0;
    try {
      for await (const chunk of chunks) {
        length += chunk.length;
        this.#held += chunk.length;
        if (this.#held > MOST_BYTES) throw this.#tooMuch(length);
        read.push(chunk);
      }
      return Buffer.concat(read);
    } finally {
      this.#held -= length;
    }
  }

  #tooMuch(bytes: number): StoreError {
    return new StoreError(`${this.name} gave ${bytes} bytes for a package`);
  }
}
