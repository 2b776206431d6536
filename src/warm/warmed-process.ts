/** A go process that is to find in its build cache what others have compiled. */
export interface WarmedProcess {
  /** To be added to its own. */
  readonly flags: readonly string[];
  /** Where it writes what it did; it may be read until the run is finished. */
  readonly graph?: string;
  /** To be called when it has ended. */
  stop(): void;
}

/** One that compiles what it has not compiled before. */
export const UNWARMED: WarmedProcess = { flags: [], stop: () => undefined };
