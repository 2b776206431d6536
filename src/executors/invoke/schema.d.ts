/** Options of `nx-gopher:invoke`, see schema.json. */
export interface InvokeExecutorOptions {
  readonly event?: string;
  readonly serveTarget?: string;
}
