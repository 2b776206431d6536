import { buildIdOf, contentIdOf } from '../../../go/binaries/build-id.js';
import { shortId, type HashedAction } from '../../../go/actions/hash-trace.js';
import { unfitFor } from './record-package.js';
import { isSigned } from './link.js';
import { PACKAGE_FILE, stampOfFile, type RecordedMain, type RecordedPackage } from './recording.js';
import type { Link } from './record-packages.js';

/** A main package whose program go has just built. */
export interface BuiltMain {
  readonly importPath: string;
  /** How go is told of it. */
  readonly pattern: string;
  /** The program, absolute. */
  readonly output: string;
}

/** @returns why its program cannot be built from what was recorded. */
export function recordMain(
  { importPath, output }: BuiltMain,
  { command, importcfg, action }: Link & { readonly action: HashedAction },
  packages: ReadonlyMap<string, RecordedPackage>,
  unknown: ReadonlySet<string>,
): RecordedMain | string {
  const linkedPackages = importcfg.flatMap((line) => PACKAGE_FILE.exec(line)?.[1] ?? []);
  const foreign = linkedPackages.find((path) => unknown.has(path));
  if (foreign !== undefined) return `go does not show what ${foreign} is made of`;
  const own = packages.get(importPath);
  if (!own) return 'go does not show what its main package is made of';
  const unfit = unfitFor(command, ['exe/a.out', 'exe/a.out.exe', 'importcfg.link', 'fips.o']);
  if (unfit !== undefined) return unfit;
  if (command.words.at(-1) !== own.archive) return 'it is linked from something else than its main package';
  if (action.pieces.some((piece) => piece.startsWith('packageshlib '))) return 'it is linked with shared libraries';
  if (own.pieces.some((piece) => piece.startsWith('modinfo ') && /\\tvcs[.=]/.test(piece)))
    return 'the state of version control is part of it';
  const linked = shortId(Buffer.from(action.sum, 'hex'));
  const problem = differs(output, linked, own, action);
  if (problem !== undefined) return problem;
  const closure = new Set(linkedPackages.filter((path) => packages.has(path)));
  return {
    importPath,
    output,
    closure,
    pieces: action.pieces,
    link: command,
    importcfg,
    linked,
    stamp: stampOfFile(output),
  };
}

/** Checks what is known of ids with the program that go has built. */
function differs(output: string, linked: string, main: RecordedPackage, { pieces }: HashedAction): string | undefined {
  try {
    const [, mainId = ''] = pieces.flatMap((piece) => /^packagemain (\S+)\n$/.exec(piece) ?? []);
    if (mainId.split('/')[1] !== main.contentId) return 'go names its results in an unknown way';
    if (contentIdOf(main.archive, mainId) !== main.contentId) return 'go makes the ids of packages in an unknown way';
    const id = buildIdOf(output);
    // Linker flags can leave it out.
    if (id === undefined || !id.startsWith(`${linked}/`)) return undefined;
    const expected = `${linked}/${mainId}/${isSigned() ? (id.split('/')[3] ?? '') : contentIdOf(output, id)}`;
    return id === expected ? undefined : 'go makes the ids of programs in an unknown way';
  } catch (error) {
    return (error as Error).message;
  }
}
