/** What a go process did to one package: compiled it, or had it checked by vet. */
export interface GoAction {
  readonly mode: 'build' | 'vet';
  readonly importPath: string;
  /**
   * The first 15 bytes of the id under which the result lies in the build cache, in hexadecimal: as many as go tells,
   * and of compiles alone.
   */
  readonly action: string | undefined;
  /** Milliseconds that its commands took; undefined for what was found in the cache. */
  readonly milliseconds: number | undefined;
  /** The command that ran for it. */
  readonly command: string | undefined;
  /** Whether vet was to find out about the package what others need, and not what is wrong with it. */
  readonly isFactsOnly: boolean;
  /** Whether a compile, or one that it waited for, came to nothing. */
  readonly isFailed: boolean;
  /** What it waited for, in the order in which go took it in. */
  readonly needs: readonly GoAction[];
}

/** As go writes it (cmd/go/internal/work/action.go, `actionJSON`); what stands here alone is read. */
interface WrittenAction {
  readonly Mode?: string;
  readonly Package?: string;
  readonly ActionID?: string;
  readonly Cmd?: readonly string[];
  readonly CmdReal?: number;
  readonly Deps?: readonly number[];
  readonly VetxOnly?: boolean;
  readonly BuildID?: string;
}

/**
 * Reads what `-debug-actiongraph=<file>` writes: the compiles and checks of a go process, and what each waited for.
 *
 * Go does not document it: what is not understood, or was cut off, is as good as nothing.
 */
export function actionGraph(text: string): GoAction[] {
  const rows = written(text);
  const actions = rows.map(toAction);
  for (const [index, row] of rows.entries()) {
    const needs = (row.Deps ?? []).map((id) => actions[id]).filter((one) => one !== undefined);
    actions[index]?.needs.push(...needs);
  }
  return actions.filter((one) => one !== undefined);
}

function toAction(row: WrittenAction): (GoAction & { needs: GoAction[] }) | undefined {
  const { Mode: mode, Package: importPath, ActionID, Cmd, CmdReal } = row;
  if ((mode !== 'build' && mode !== 'vet') || typeof importPath !== 'string') return undefined;
  const id = typeof ActionID === 'string' ? Buffer.from(ActionID, 'base64url').toString('hex') : '';
  const milliseconds = CmdReal === undefined ? undefined : CmdReal / 1e6;
  const action = /^[0-9a-f]{30}$/.test(id) ? id : undefined;
  const command = Cmd?.at(-1);
  const isFailed = action === undefined || (command !== undefined && row.BuildID === undefined);
  return { mode, importPath, action, milliseconds, command, isFactsOnly: row.VetxOnly === true, isFailed, needs: [] };
}

function written(text: string): WrittenAction[] {
  try {
    const actions = JSON.parse(text) as unknown;
    return Array.isArray(actions) ? actions.map((one) => Object(one) as WrittenAction) : [];
  } catch {
    return [];
  }
}
