import type { RecordedPart } from '../parts/recorded-part.js';
import { hashPart, type HashPart } from '../parts/hash-part.js';
import { sortedCauses, type Cause, type ValueCause } from './cause.js';
import { fileCauses, type FilesPart } from './file-causes.js';
import { optionCauses } from './option-causes.js';
import { dirsOf, withSets } from './set-causes.js';

/** A part that differs: with both sides it moved, with one it is gone or new. */
interface Moved {
  readonly name: string;
  readonly part: HashPart;
  readonly before?: RecordedPart | undefined;
  readonly after?: RecordedPart | undefined;
}

/**
 * Says why two hashes of a task differ, by their parts: the most specific causes first. Empty where no part differs:
 * then it is what the command line said, which Nx hashes by itself.
 *
 * @param isThere whether there is a file, by its path from the workspace's root.
 * @param ignored files that git ignores: they count only where they are read from disk.
 */
export function compareParts(
  before: readonly RecordedPart[],
  after: readonly RecordedPart[],
  isThere: (path: string) => boolean,
  ignored: ReadonlySet<string> = new Set(),
): Cause[] {
  const moved = movedParts(before, after);
  const files = moved.filter(({ part }) => part.kind === 'files');
  const [old, now] = [sidesOf(files, 'before', before), sidesOf(files, 'after', after)];
  const wasThere = (path: string): boolean => before.some((part) => part.files?.has(path));
  const causes = [
    ...withSets(
      fileCauses(old, now, { isThere, wasThere, isIgnored: (path) => ignored.has(path) }),
      dirsOf(before),
      dirsOf(after),
    ),
    ...moduleCauses(moved),
    ...moved.flatMap((one) => valueCauses(one)),
  ];
  const silent = files.filter((one) => causes.every((cause) => !('path' in cause)) && one.before && one.after);
  return sortedCauses([...causes, ...silent.map(({ name }) => ({ kind: 'other' as const, part: name }))]);
}

function movedParts(before: readonly RecordedPart[], after: readonly RecordedPart[]): Moved[] {
  const [old, now] = [before, after].map((parts) => new Map(parts.map((part) => [part.name, part]))) as [
    Map<string, RecordedPart>,
    Map<string, RecordedPart>,
  ];
  const names = [...new Set([...old.keys(), ...now.keys()])];
  return names
    .filter((name) => old.get(name)?.hash !== now.get(name)?.hash)
    .map((name) => ({ name, part: hashPart(name), before: old.get(name), after: now.get(name) }));
}

/** @param all parts of that side, those that did not move too. */
function sidesOf(moved: readonly Moved[], side: 'before' | 'after', all: readonly RecordedPart[]): FilesPart[] {
  return moved.flatMap(({ part, [side]: recorded }) =>
    recorded && part.kind === 'files'
      ? [{ ...part, globs: [...part.globs, ...unnamed(part, all)], part: recorded }]
      : [],
  );
}

/** The exclusions that Nx does not name: inputs that name files both as git lists them and from disk exclude alike. */
function unnamed(part: HashPart & { kind: 'files' }, all: readonly RecordedPart[]): readonly string[] {
  if (part.unnamed === undefined) return [];
  const isExclusion = (glob: string): boolean => glob.startsWith('!');
  const globs = part.globs.join();
  for (const { name } of all) {
    const other = hashPart(name);
    if (other.kind !== 'files' || other.unnamed !== undefined) continue;
    const exclusions = other.globs.filter(isExclusion);
    const isTwin =
      exclusions.length === part.unnamed && other.globs.filter((one) => !isExclusion(one)).join() === globs;
    if (isTwin) return exclusions;
  }
  return [];
}

/** A module that is gone in one version and new in another has moved; each node has a digest of its own in its name. */
function moduleCauses(moved: readonly Moved[]): ValueCause[] {
  const versions = new Map<string, { from?: string; to?: string }>();
  for (const { part, before, after } of moved) {
    if (part.kind !== 'module') continue;
    const known = versions.get(part.path) ?? {};
    if (before) known.from = part.version;
    if (after) known.to = part.version;
    versions.set(part.path, known);
  }
  return [...versions].map(([name, { from, to }]) =>
    from !== undefined && from === to
      ? { kind: 'module', name, from: `${from} with another go.sum line`, to }
      : { kind: 'module', name, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) },
  );
}

function valueCauses({ name, part, before, after }: Moved): Cause[] {
  const values = {
    ...(before?.text === undefined ? {} : { from: before.text }),
    ...(after?.text === undefined ? {} : { to: after.text }),
  };
  switch (part.kind) {
    case 'files':
    case 'module':
      return [];
    case 'configuration':
      return optionCauses(part.project, before?.text, after?.text);
    case 'manifest':
      return [{ kind: 'manifest', name: manifestName(part.of, part.dir), ...values }];
    case 'command':
      return commandCauses(part.command, before?.text, after?.text);
    case 'variable':
      return [{ kind: 'setting', name: part.name, ...values }];
    case 'outputs':
      return [{ kind: 'output', path: part.dir }];
    case 'typescript':
      // All projects have it, and it moves with tsconfig.base.json.
      return [{ kind: 'setting', name: 'compilerOptions.paths of the root’s tsconfig file' }];
    case 'other':
      return [{ kind: 'other', part: name }];
  }
}

function manifestName(of: string, dir: string): string {
  const manifest = dir === '.' ? 'go.mod' : `${dir}/go.mod`;
  switch (of) {
    case 'module':
      return `go directive of ${manifest}`;
    case 'main':
      return `module path and GODEBUG of program ${dir}`;
    case 'tests':
      return `module path and GODEBUG of tests of ${manifest}`;
    default:
      return `errors of ${dir}`;
  }
}

/** Each line of `go env` that differs; of another command its first line. */
function commandCauses(command: string, before: string | undefined, after: string | undefined): Cause[] {
  if (before === undefined || after === undefined) return [{ kind: 'setting', name: command }];
  const compiler = /^(\S+) --version$/.exec(command)?.[1];
  if (compiler !== undefined) return [{ kind: 'compiler', name: compiler, from: before, to: after }];
  const [from, to] = [before, after].map((text) => new Map(text.split('\n').map((line) => splitAt(line, '=')))) as [
    Map<string, string>,
    Map<string, string>,
  ];
  const names = [...new Set([...from.keys(), ...to.keys()])].filter((name) => from.get(name) !== to.get(name));
  if (names.length === 0) return [{ kind: 'setting', name: command }];
  return names.map((name) => ({
    kind: /^GOVERSION\b/.test(name) ? 'toolchain' : 'setting',
    name,
    from: from.get(name) ?? '',
    to: to.get(name) ?? '',
  }));
}

function splitAt(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
