/** A line of `go build -json` or `go test -json`, see `go help buildjson` and `go doc test2json`. */
export interface GoEvent {
  readonly Action: string;
  /** Of build events: the package, perhaps as a test variant, `x [x.test]`. */
  readonly ImportPath?: string;
  /** Of test events. */
  readonly Package?: string;
  readonly Test?: string;
  readonly Output?: string;
  /** Of the fail event of a test that could not be built: the `ImportPath` of the build events that tell why. */
  readonly FailedBuild?: string;
}

/** The event on a line of go's output; undefined when it is no event but plain text. */
export function parseGoEvent(line: string): GoEvent | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && 'Action' in value ? (value as GoEvent) : undefined;
  } catch {
    return undefined;
  }
}

/** Whether an event tells, as `-v` asks for, that go begins to compile a package. */
export function namesPackage({ Action, ImportPath, Output }: GoEvent): boolean {
  return Action === 'build-output' && ImportPath !== undefined && Output === `${importPathOf(ImportPath)}\n`;
}

/** What the compiler, the linker and the loader said, by package. */
export class BuildLog {
  readonly #output = new Map<string, string>();
  readonly #failed = new Set<string>();

  /** Takes the event if it is one of a build. */
  add(event: GoEvent): boolean {
    const id = event.ImportPath;
    if (id === undefined) return false;
    if (event.Action === 'build-output') this.#output.set(id, this.textOf(id) + (event.Output ?? ''));
    else if (event.Action === 'build-fail') this.#failed.add(id);
    else return false;
    return true;
  }

  /** Whether nothing was said, of no package. */
  get isEmpty(): boolean {
    return this.#output.size === 0 && this.#failed.size === 0;
  }

  /** Packages that failed, in go's order. */
  get failed(): ReadonlySet<string> {
    return this.#failed;
  }

  /** The text of one package, headed by `# import/path` as go prints it. */
  textOf(id: string): string {
    return this.#output.get(id) ?? '';
  }

  /** The text of all packages that pass the filter. */
  text(filter: (id: string) => boolean = () => true): string {
    return [...this.#output].flatMap(([id, text]) => (filter(id) ? [text] : [])).join('');
  }
}

/** The import path in a package's id: `x [x.test]` is package `x` compiled for its test. */
export function importPathOf(id: string): string {
  return id.replace(/ \[.*\]$/, '');
}
