import { isInside } from '../../../paths.js';
import type { BuildScript, ToolCommand } from '../../../go/actions/build-script.js';
import type { HashedAction, HashTrace } from '../../../go/actions/hash-trace.js';
import { recordPackage, type BuiltPackage } from './record-package.js';
import { IMPORT_PIECE, PACKAGE_FILE, type RecordedPackage } from './recording.js';

/** What go tells of programs that have just been built. */
export interface Traced {
  /** `go env` */
  readonly settings: Readonly<Record<string, string>>;
  readonly trace: HashTrace;
  /** What would be done now: nothing but links. */
  readonly now: BuildScript;
  /** What would be done if nothing were there. */
  readonly whole: BuildScript;
}

/** A link, and the files of all that is linked. */
export interface Link {
  readonly command: ToolCommand;
  readonly importcfg: readonly string[];
}

/** By the import path of the main package, which go names first. */
export function linksOf({ links, files }: BuildScript): Map<string, Link> {
  const found = [...links].flatMap(([work, command]): [string, Link][] => {
    const importcfg = files.get(`${work}/importcfg.link`) ?? [];
    const [, main] = PACKAGE_FILE.exec(importcfg[0] ?? '') ?? [];
    return main === undefined ? [] : [[main, { command, importcfg }]];
  });
  return new Map(found);
}

/** Packages that may become others: those that lie outside of go's caches, and those that import one of them. */
export function recordedPackages(
  { settings, trace, whole }: Traced,
  links: ReadonlyMap<string, Link>,
): { packages: Map<string, RecordedPackage>; unknown: Set<string> } {
  const archives = packageFiles(links);
  const works = packageFiles(linksOf(whole));
  const contentIds = contentIdsOf(trace.actions.values());
  const packages = new Map<string, RecordedPackage>();
  const unknown = new Set<string>();
  const from = { script: whole, archives, isRecorded: (path: string) => packages.has(path) };
  // Go hashes a package after those that it imports.
  for (const [name, action] of trace.actions) {
    const importPath = name.replace(/^build /, '');
    const imports = importsOf(action);
    if (name.startsWith('link ') || isSettled(action, settings['GOMODCACHE'] ?? '', imports, [packages, unknown]))
      continue;
    const archive = archives.get(importPath) ?? '';
    const work = (works.get(importPath) ?? '').replace(/[/\\]_pkg_\.a$/, '');
    const built = { importPath, action, archive, contentId: contentIds.get(importPath) ?? '', work };
    const recorded = isKnown(built, imports, unknown) && recordPackage(built, from);
    if (recorded) packages.set(importPath, recorded);
    else unknown.add(importPath);
  }
  return { packages, unknown };
}

/** Whether a package stays as it is. */
function isSettled(
  { paths }: HashedAction,
  cache: string,
  imports: readonly string[],
  unsettled: readonly { has(importPath: string): boolean }[],
): boolean {
  const isCached = paths.size > 0 && cache !== '' && [...paths.values()].every((path) => isInside(cache, path));
  return isCached && !imports.some((path) => unsettled.some((one) => one.has(path)));
}

function isKnown({ archive, contentId }: BuiltPackage, imports: readonly string[], unknown: Set<string>): boolean {
  // What go would have to compile first is not in its cache: somebody has edited it meanwhile.
  const isBuilt = archive !== '' && !archive.startsWith('$WORK') && contentId !== '';
  return isBuilt && !imports.some((path) => unknown.has(path));
}

function importsOf({ pieces }: HashedAction): string[] {
  return pieces.flatMap((piece) => IMPORT_PIECE.exec(piece)?.[1] ?? []);
}

/** By import path: the file of a package's compiled form. */
function packageFiles(links: ReadonlyMap<string, Link>): Map<string, string> {
  const files = new Map<string, string>();
  for (const { importcfg } of links.values()) {
    for (const line of importcfg) {
      const [, importPath, file] = PACKAGE_FILE.exec(line) ?? [];
      if (importPath !== undefined && file !== undefined) files.set(importPath, file);
    }
  }
  return files;
}

/** By import path, as the links name them. */
function contentIdsOf(actions: Iterable<HashedAction>): Map<string, string> {
  const ids = new Map<string, string>();
  for (const { pieces } of actions) {
    for (const piece of pieces) {
      const [, importPath, id] = PACKAGE_FILE.exec(piece.trimEnd()) ?? [];
      if (importPath !== undefined && id !== undefined) ids.set(importPath, id);
    }
  }
  return ids;
}
