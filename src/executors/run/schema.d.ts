/** Options of `nx-gopher:run`, see schema.json. */
export interface RunExecutorOptions {
  readonly buildTarget?: string;
  readonly args?: readonly string[] | string;
  readonly cwd?: string;
  readonly exitCodeFile?: string;
  readonly env?: Readonly<Record<string, string>>;
}
