/** Where compiled packages lie for other machines, by their keys. */
export interface Store {
  /** How users know it, without what is secret in it. */
  readonly name: string;
  /** How many requests are worth to be under way at a time. */
  readonly width: number;
  /** Undefined where it has nothing under that key. @throws StoreError. */
  get(key: string): Promise<Buffer | undefined>;
  /** What is there already may stay. @throws StoreError. */
  put(key: string, content: Buffer): Promise<void>;
}

/** Why a store did not do what it was asked for. */
export class StoreError extends Error {
  override readonly name = 'StoreError';

  /** @param isLasting whether it would say the same to every request, as of a wrong token. */
  constructor(
    message: string,
    readonly isLasting = false,
  ) {
    super(message);
  }
}
