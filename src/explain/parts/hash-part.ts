/** What a part of a task's hash stands for. Nx names the parts, and gives each a hash of its own. */
export type HashPart =
  /**
   * Files that match globs from the workspace's root; those with a `!` are taken out. Files are those that git does not
   * ignore, unless they are read from disk. Of the latter, Nx (24.0.6) says only how many exclusions there are:
   * `unnamed` of them.
   */
  | { readonly kind: 'files'; readonly globs: readonly string[]; readonly fromDisk?: true; readonly unnamed?: number }
  /** Outputs of tasks that run before. */
  | { readonly kind: 'outputs'; readonly dir: string; readonly glob: string }
  /** A project's tags, named inputs, and of each target the executor, options, outputs and configurations. */
  | { readonly kind: 'configuration'; readonly project: string }
  /** The TypeScript configuration, which each project's hash holds. */
  | { readonly kind: 'typescript' }
  /** An external module of Go. `version` says what replaces it, too: `v1.0.0=>../lib@`. */
  | { readonly kind: 'module'; readonly path: string; readonly version: string }
  /** What a go.mod or go.work gives: to compile a module, to link a main, or to link tests; or an error in loading. */
  | { readonly kind: 'manifest'; readonly of: ManifestPart; readonly dir: string }
  /** The output of a command. */
  | { readonly kind: 'command'; readonly command: string }
  | { readonly kind: 'variable'; readonly name: string }
  /** Anything else that Nx, or another plugin, puts in. */
  | { readonly kind: 'other'; readonly name: string };

export type ManifestPart = 'module' | 'main' | 'tests' | 'error' | 'failure';

const CONFIGURATION = ':ProjectConfiguration';
const TYPESCRIPT = ':TsConfig';

/** Reads the name that Nx gives to a part, in the `hashDetails` of a task. */
export function hashPart(name: string): HashPart {
  if (name.endsWith(CONFIGURATION)) return { kind: 'configuration', project: name.slice(0, -CONFIGURATION.length) };
  if (name.endsWith(TYPESCRIPT)) return { kind: 'typescript' };
  const at = name.indexOf(':');
  const [before, after] = [name.slice(0, at), name.slice(at + 1)];
  if (at < 0) return { kind: 'other', name };
  if (before === 'env') return { kind: 'variable', name: after };
  if (before === 'runtime') return { kind: 'command', command: after };
  if (before === 'go') return goPart(after);
  if (before.startsWith('**/')) return { kind: 'outputs', dir: after, glob: before };
  if (before === 'workspace' && after.startsWith('[')) return filesPart(after.slice(1, -1));
  if (before === 'files' && after.startsWith('[')) return { ...filesPart(after.slice(1, -1)), fromDisk: true };
  return filesPart(name.slice(name.lastIndexOf(':', endOfOwner(name)) + 1));
}

/** Where the name of the project, which may hold colons, has ended: at the first glob or comma. */
function endOfOwner(name: string): number {
  const end = name.search(/[*,{[!]/);
  return end < 0 ? name.length : end;
}

function filesPart(text: string): HashPart & { kind: 'files' } {
  const [, list = text, unnamed] = /^(.*) \(\+(\d+) excluded\)$/.exec(text) ?? [];
  const globs = splitGlobs(list).map((glob) => glob.replace(/^(!?)\{workspaceRoot\}\//, '$1'));
  return { kind: 'files', globs, ...(unnamed === undefined ? {} : { unnamed: Number(unnamed) }) };
}

/** Splits at the commas that stand in no braces. */
function splitGlobs(list: string): string[] {
  const globs: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at <= list.length; at++) {
    const character = list[at];
    if (character === '{') depth++;
    else if (character === '}') depth--;
    else if (character === undefined || (character === ',' && depth === 0)) {
      if (at > start) globs.push(list.slice(start, at));
      start = at + 1;
    }
  }
  return globs;
}

/** The names of the external nodes of Go that nx-gopher gives to Nx, without the digest that they may end in. */
function goPart(name: string): HashPart {
  const plain = name.replace(/#[0-9a-f]{8}$/, '');
  const manifest = /^(module|main|tests|error|failure)\/(.*)$/.exec(plain);
  if (manifest) return { kind: 'manifest', of: manifest[1] as ManifestPart, dir: manifest[2] as string };
  const at = plain.indexOf('@');
  return at < 0
    ? { kind: 'other', name: `go:${name}` }
    : { kind: 'module', path: plain.slice(0, at), version: plain.slice(at + 1) };
}
