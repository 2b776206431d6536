import { Random } from '../random/random.js';
import { libraryImports, mainImports, type Shape } from './shapes.js';

/** How large a workspace is, and how its packages import each other. */
export interface WorkspaceSize {
  readonly mains: number;
  /** Libraries. */
  readonly packages: number;
  readonly seed: number;
  /** By default `few`. */
  readonly shape?: Shape;
}

/** A package to be written. */
export interface PlannedPackage {
  /** Directory, relative to the workspace's root. */
  readonly dir: string;
  readonly name: string;
  /** Directories of the packages that it imports. */
  readonly imports: readonly string[];
  /** Directories of the packages that its test alone imports. */
  readonly testImports: readonly string[];
}

/** What is in a workspace, the same for the same size. */
export interface WorkspacePlan {
  readonly mains: readonly PlannedPackage[];
  readonly libraries: readonly PlannedPackage[];
  /** A library that imports none and that three mains (all of them, if there are fewer) and nothing else import. */
  readonly leaf: PlannedPackage;
}

/** Libraries per directory below `internal`. */
const AREA = 25;

/** Plans an acyclic import graph: a library imports only libraries planned before it. */
export function planWorkspace({ mains, packages, seed, shape = 'few' }: WorkspaceSize): WorkspacePlan {
  const random = new Random(seed);
  const dirs = Array.from({ length: packages }, (_, index) => libraryDir(index));
  const leaf = packages - 1;
  const dirsOf = (indexes: readonly number[]): string[] => indexes.map((index) => dirs[index] as string);
  const libraries = dirs.map((dir, index): PlannedPackage => {
    const { imports, tests } = libraryImports(shape, index, random);
    return { dir, name: nameOf(dir), imports: dirsOf(index === leaf ? [] : imports), testImports: dirsOf(tests) };
  });
  const applications = Array.from({ length: mains }, (_, index): PlannedPackage => {
    const imports = random.some(mainImports(shape, index, packages), 0, leaf);
    const dir = `cmd/app${String(index).padStart(3, '0')}`;
    return { dir, name: 'main', imports: dirsOf(index < 3 ? [...imports, leaf] : imports), testImports: [] };
  });
  return { mains: applications, libraries, leaf: libraries[leaf] as PlannedPackage };
}

/** Directories of the packages that hold one of these, themselves included. */
export function dependentsOf({ libraries, mains }: WorkspacePlan, dirs: readonly string[]): ReadonlySet<string> {
  const found = new Set(dirs);
  // A library imports only those before it, and mains come last.
  for (const { dir, imports } of [...libraries, ...mains])
    if (imports.some((imported) => found.has(imported))) found.add(dir);
  return found;
}

/** The mains that hold a library, itself imported or not. */
export function mainsThatHold(plan: WorkspacePlan, library: PlannedPackage): PlannedPackage[] {
  const dependents = dependentsOf(plan, [library.dir]);
  return plan.mains.filter(({ dir }) => dependents.has(dir));
}

function libraryDir(index: number): string {
  const area = String(Math.floor(index / AREA)).padStart(3, '0');
  return `internal/area${area}/lib${String(index).padStart(4, '0')}`;
}

function nameOf(dir: string): string {
  return dir.slice(dir.lastIndexOf('/') + 1);
}
