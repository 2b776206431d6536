/** A package that a go process compiled, or found compiled in its build cache. */
export interface CompiledPackage {
  readonly importPath: string;
  /** The first 15 bytes of the id of the action that compiles it, in hexadecimal: as many as go tells. */
  readonly action: string;
  /** Milliseconds that the compilers took; undefined for what was found in the cache. */
  readonly milliseconds: number | undefined;
}

/** As go writes it (cmd/go/internal/work/action.go, `actionJSON`); what stands here alone is read. */
interface WrittenAction {
  readonly Mode?: string;
  readonly Package?: string;
  readonly ActionID?: string;
  readonly CmdReal?: number;
}

/**
 * Reads from what `-debug-actiongraph=<file>` writes which packages a go process compiled.
 *
 * Go does not document it: what is not understood, or was cut off, is as good as nothing. Packages that were compiled
 * in several ways, for a test and for others, are left out: both have the same name there.
 */
export function compiledPackages(text: string): CompiledPackage[] {
  const found = new Map<string, CompiledPackage | undefined>();
  for (const { Mode, Package, ActionID, CmdReal } of written(text)) {
    if (Mode !== 'build' || typeof Package !== 'string' || typeof ActionID !== 'string') continue;
    const action = Buffer.from(ActionID, 'base64url').toString('hex');
    const isKnown = found.has(Package) || !/^[0-9a-f]{30}$/.test(action);
    const milliseconds = CmdReal === undefined ? undefined : CmdReal / 1e6;
    found.set(Package, isKnown ? undefined : { importPath: Package, action, milliseconds });
  }
  return [...found.values()].filter((one) => one !== undefined);
}

function written(text: string): WrittenAction[] {
  try {
    const actions = JSON.parse(text) as unknown;
    return Array.isArray(actions) ? actions.map((one) => Object(one) as WrittenAction) : [];
  } catch {
    return [];
  }
}
