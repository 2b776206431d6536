/** Options of `nx-gopher:tidy`, see schema.json. */
export interface TidyExecutorOptions {
  readonly check?: boolean;
  readonly compat?: string;
  readonly args?: readonly string[] | string;
  readonly env?: Readonly<Record<string, string>>;
  readonly verbose?: boolean;
}
