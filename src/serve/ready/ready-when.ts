/** When a program that was started is ready: all that is given has come true. */
export interface ReadyWhen {
  /** A URL, or a path on the program's port, that answers with a status below 400. */
  readonly url?: string;
  /** A port on this machine that takes connections. */
  readonly port?: number;
  /** A text in the program's output. */
  readonly log?: string;
  /** Seconds after which a warning says that it is not ready yet. */
  readonly timeout?: number;
}
