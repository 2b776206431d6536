import type { GoAction } from './action-graph.js';
import { hashOf, shortId } from './hash-trace.js';
import { quoteBytes } from './quote-bytes.js';

/** What goes into the ids of all checks of a go process. */
export interface VetTool {
  /** As the go command says it of itself. */
  readonly goVersion: string;
  /** What the tool says with `-V=full`. */
  readonly version: string;
  /** Its flags, where go names none because it ran nothing: for others, and for the standard library. */
  readonly flags?: readonly [readonly string[], readonly string[]];
}

/** What is to be known of the build cache. */
export interface VetLookup {
  /** The whole id of a compile, by its beginning. */
  wholeId(beginning: string): string | undefined;
  /** The sha256 of what lies under an id. */
  output(id: string): string | undefined;
}

/**
 * The ids under which go keeps what vet found out about each package, its facts, which decide about what it says of
 * packages that import it (cmd/go/internal/work/exec.go, `vet`). Go tells them to nobody: they are computed as go does
 * it, and those alone count under which something lies.
 *
 * @param isStandard whether a package is of the standard library, which go has checked with flags of its own.
 */
export function vetIds(
  actions: readonly GoAction[],
  tool: VetTool,
  lookup: VetLookup,
  isStandard: (importPath: string) => boolean,
): ReadonlyMap<GoAction, string> {
  const checks = actions.filter(({ mode }) => mode === 'vet');
  const [others, standard] = tool.flags ?? [];
  const flags = new Map([
    [false, others && listOf(others)],
    [true, standard && listOf(standard)],
  ]);
  for (const { command, importPath } of checks)
    if (command !== undefined) flags.set(isStandard(importPath), listOf(command.match(/(?<=\s)-\S+/g) ?? []));
  const ids = new Map<GoAction, string | undefined>();
  const idOf = (check: GoAction): string | undefined => {
    if (!ids.has(check)) ids.set(check, computed(check));
    return ids.get(check);
  };
  const computed = ({ importPath, needs: [compile, ...needs] }: GoAction): string | undefined => {
    const whole = lookup.wholeId(compile?.action ?? '');
    const used = flags.get(isStandard(importPath));
    if (whole === undefined || used === undefined) return undefined;
    const pieces = [tool.goVersion, `vet ${JSON.stringify(tool.version)}\n`, `vetflags [${used}]\n`];
    pieces.push(`pkg ${quoteBytes(Buffer.from(whole, 'hex'))}\n`);
    for (const need of needs.filter(({ mode, importPath: path }) => mode === 'vet' && path !== 'unsafe')) {
      const output = lookup.output(idOf(need) ?? '');
      if (output === undefined) return undefined;
      pieces.push(`vetout ${JSON.stringify(need.importPath)} ${shortId(Buffer.from(output, 'hex'))}\n`);
    }
    const id = hashOf(pieces).toString('hex');
    return lookup.output(id) === undefined ? undefined : id;
  };
  return new Map(checks.flatMap((check) => (idOf(check) === undefined ? [] : [[check, idOf(check) ?? ''] as const])));
}

/**
 * The id under which go keeps what vet said about a package. Where it was to find out facts alone, that is nothing, and
 * not even an empty list.
 */
export function vetOutputId(id: string): string {
  return hashOf(['subkey:', Buffer.from(id, 'hex'), 'stdout']).toString('hex');
}

/** As go writes a list of texts. */
function listOf(flags: readonly string[]): string {
  return flags.map((flag) => JSON.stringify(flag)).join(' ');
}
