/** What is kept up to date with the builds of a program. */
export interface BuiltProgram {
  /** A build begins. */
  hold(): void;
  /** A build has failed: what runs goes on. */
  refuse(text: string): Promise<void>;
  /**
   * A build has succeeded.
   *
   * @param isAsked whether a change is the reason. @param environment whether its environment has changed as well.
   */
  take(file: string, how: { isAsked: boolean; environment: boolean }): Promise<void>;
  /** Its environment has changed. */
  renew(): Promise<void>;
}
