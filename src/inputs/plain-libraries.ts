import type { GroupListing, Module, ModuleGroup } from '../workspace/workspace.js';
import type { Package } from '../go/listing/package.js';
import { BitSet } from '../workspace/listing/bit-set.js';
import { Closures } from '../workspace/listing/closure.js';
import { originOf } from './external-modules.js';
import { isOwnDirectory, type ImportWalks } from './import-walks.js';
import type { Names } from './target-request.js';

const byListing = new WeakMap<Names, WeakMap<GroupListing, PlainLibraries>>();

/** What a target's packages are made of apart from themselves. */
export interface SplitClosure {
  readonly closure: BitSet;
  readonly plain: PlainPart;
  /** The packages that have to be looked at one by one. */
  readonly others: readonly Package[];
}

/** What the plain libraries of a target's closure add to its inputs. */
export interface PlainPart {
  /** The projects whose named input holds the sources. */
  readonly projects: string[];
  /** Projects of which all that their edges lead to is added: in place of naming it among {@link projects}. */
  readonly walks: string[];
  /** Whether all that the edges of the target's own project lead to is added. */
  readonly ownWalk: boolean;
  /** Modules of which all sources are added, since their packages are too many to be named. */
  readonly whole: readonly Module[];
  readonly modules: readonly Module[];
  /** Whether one of them uses cgo itself, and whether one imports a package of the standard library that does. */
  readonly cgo: boolean;
  readonly standardCgo: boolean;
}

type Sources = Pick<PlainPart, 'projects' | 'walks' | 'ownWalk' | 'whole'>;

/** How many names of projects the inputs of all targets of a listing may hold together: some 60 MB of JSON. */
const MOST_NAMES = 2_000_000;

/**
 * The packages of a listing that add to every target that holds them the same, their project's named input and their
 * module: libraries of the workspace that load, have a project of their own, hold no generated code and replace no
 * other module. They are most of each closure; taken together they cost next to nothing, one by one they would be most
 * of the time the graph takes.
 */
export class PlainLibraries {
  private readonly members: BitSet;
  private readonly cgo: BitSet;
  private readonly standardCgo: BitSet;
  /** By number: the project of a member. */
  private readonly projects: (string | undefined)[] = [];
  private readonly modules = new Map<Module, BitSet>();
  /** Packages whose project's edges lead to more, or to less, than what they import; where there are walks at all. */
  private readonly straying: BitSet;
  /** Packages whose imports the edges do not lead to, so that walks have to start there. */
  private readonly starting: BitSet;
  private limit: number | undefined;
  private readonly splits = new Map<string, SplitClosure>();

  private constructor(
    private readonly closures: Closures,
    private readonly group: ModuleGroup,
    private readonly names: Names,
  ) {
    const { length } = closures.packages;
    this.members = new BitSet(length);
    this.straying = new BitSet(length);
    this.starting = new BitSet(length);
    this.cgo = new BitSet(length);
    this.standardCgo = new BitSet(length);
    for (const [number, pkg] of closures.packages.entries()) {
      const project = isPlain(pkg, group, names) ? names.sourcesOf(pkg.dir) : undefined;
      if (project === undefined) continue;
      this.members.add(number);
      this.projects[number] = project;
      if (pkg.cgo) this.cgo.add(number);
      if (pkg.standardCgo) this.standardCgo.add(number);
      const module = names.moduleOf(pkg.dir);
      if (!module) continue;
      const inModule = this.modules.get(module) ?? new BitSet(length);
      inModule.add(number);
      this.modules.set(module, inModule);
    }
    if (names.walks) this.findWays(names.walks);
  }

  /** Finds where walks over the edges start, and where they cannot be relied on. */
  private findWays(walks: ImportWalks): void {
    for (const [number, pkg] of this.closures.packages.entries()) {
      const isMember = this.members.has(number);
      if (!isMember || walks.endsAt(pkg, this.group)) this.starting.add(number);
      if ((isMember || this.isModuleRoot(pkg)) && this.strays(pkg, walks)) this.straying.add(number);
    }
  }

  private strays(pkg: Package, walks: ImportWalks): boolean {
    if (walks.leadsElsewhere(pkg)) return true;
    if (walks.endsAt(pkg, this.group)) return false;
    const isKnown = (number: number): boolean =>
      this.members.has(number) || this.isModuleRoot(this.closures.packages[number] as Package);
    const isOfWorkspace = (other: Package | undefined): boolean => other !== undefined && isOwnDirectory(other.dir);
    const numbers = this.closures
      .numbersOf(pkg.imports)
      .filter((number) => isOfWorkspace(this.closures.packages[number]));
    return !numbers.every(isKnown) || walks.importedElsewhere(pkg, this.group).some(isOfWorkspace);
  }

  /** Whether a package is in a module's own directory: its project is part of all plans in the module anyway. */
  private isModuleRoot({ dir }: Package): boolean {
    return (
      isOwnDirectory(dir) &&
      this.names.moduleOf(dir)?.dir === dir &&
      this.group.modules.some((module) => module.dir === dir)
    );
  }

  /** The plain libraries of a group's listing, found once for the same names. */
  static of(listing: GroupListing, group: ModuleGroup, names: Names): PlainLibraries {
    const ofNames = byListing.get(names) ?? new WeakMap<GroupListing, PlainLibraries>();
    byListing.set(names, ofNames);
    let libraries = ofNames.get(listing);
    if (!libraries) {
      libraries = new PlainLibraries(Closures.of(listing.packages), group, names);
      ofNames.set(listing, libraries);
    }
    return libraries;
  }

  /**
   * The closure of packages without themselves, found once for all targets of a project that have the same.
   *
   * @param tests whether what their own tests import belongs to it.
   */
  split(importPaths: readonly string[], tests: boolean): SplitClosure {
    const id = `${tests} ${importPaths.join(' ')}`;
    const earlier = this.splits.get(id);
    if (earlier) return earlier;
    const closure = this.closures.without(importPaths, tests);
    const others = closure.without(this.members).map((number) => this.closures.packages[number] as Package);
    const plain = { ...this.sourcesOf(importPaths, tests), ...this.partOf(closure) };
    const split = { closure, plain, others };
    this.splits.set(id, split);
    return split;
  }

  /** The projects that hold the sources of a closure: all by name, or those from which the edges lead to the others. */
  private sourcesOf(importPaths: readonly string[], tests: boolean): Sources {
    const { closures } = this;
    const named = (numbers: readonly number[]): string[] => numbers.map((number) => this.projects[number] as string);
    const imported = closures.importedBy(importPaths, tests);
    // Tests may import a package that imports the one they test, which is then among them.
    const passed = closures.closureOf(imported);
    if (!this.names.walks || passed.intersects(this.straying)) {
      const members = passed.common(this.members);
      const unwalked = { walks: [], ownWalk: false };
      if (members.length <= this.mostNamed()) return { projects: named(members), ...unwalked, whole: [] };
      const others = members.filter((number) => hasOtherSources(closures.packages[number] as Package));
      return { projects: named(others), ...unwalked, whole: this.modulesIn(passed) };
    }
    const isMember = (number: number): boolean => this.members.has(number);
    const led = closures.closureOf(this.ownImports(importPaths));
    const starts = new Set(closures.uppermost(imported.filter((number) => isMember(number) && !led.has(number))));
    for (const number of passed.common(this.starting)) {
      for (const next of closures.importsOf(number).filter(isMember)) starts.add(next);
    }
    const firsts = [...starts].sort((a, b) => a - b);
    const leadsOn = (number: number): boolean => !this.starting.has(number) && closures.importsOf(number).length > 0;
    const ownWalk = imported.some((number) => isMember(number) && led.has(number));
    return { projects: named(firsts), walks: named(firsts.filter(leadsOn)), ownWalk, whole: [] };
  }

  /** What the edges of a target's own project lead to next, if that is just what its one package imports. */
  private ownImports(importPaths: readonly string[]): readonly number[] {
    const { closures, names, group } = this;
    const [number, ...others] = closures.numbersOf(importPaths);
    if (number === undefined || others.length > 0 || !this.members.has(number)) return [];
    if (this.starting.has(number) || this.straying.has(number)) return [];
    // Projects that nobody imports have edges for their tests, too.
    const isPassed = names.walks?.passes(closures.packages[number] as Package, group);
    return isPassed ? closures.importsOf(number) : [];
  }

  /** The most packages that an input names; found once. */
  private mostNamed(): number {
    return (this.limit ??= mostNamed(
      this.closures.packages.flatMap(({ importPath, dir }) => {
        if (!isOwnDirectory(dir)) return [];
        const passed = this.closures.closureOf(this.closures.importedBy([importPath], true));
        return this.names.walks && !passed.intersects(this.straying) ? [] : passed.common(this.members).length;
      }),
    ));
  }

  private modulesIn(closure: BitSet): Module[] {
    return [...this.modules].flatMap(([module, inModule]) => (closure.intersects(inModule) ? [module] : []));
  }

  /** What else those in the closure add. */
  private partOf(closure: BitSet): Omit<PlainPart, keyof Sources> {
    return {
      modules: this.modulesIn(closure),
      cgo: closure.intersects(this.cgo),
      standardCgo: closure.intersects(this.standardCgo),
    };
  }
}

/**
 * The length up to which lists of names can all be written down; a power of two, so that it changes seldom: with it,
 * the inputs of many targets do.
 *
 * @param lengths of all lists; each is there twice, for the test and for the vet target.
 */
export function mostNamed(lengths: readonly number[]): number {
  const sum = (limit: number): number => lengths.reduce((all, one) => (one <= limit ? all + 2 * one : all), 0);
  let limit = 1;
  while (sum(limit * 2) <= MOST_NAMES) {
    if (limit > MOST_NAMES) return Infinity;
    limit *= 2;
  }
  return limit;
}

/** Whether more belongs to a package's sources than files lying in its directory. */
function hasOtherSources({ embedPatterns, headerGlobs = [], linkTargets }: Package): boolean {
  return embedPatterns.length + headerGlobs.length > 0 || linkTargets !== undefined;
}

function isPlain(pkg: Package, group: ModuleGroup, names: Names): boolean {
  const isVersioned = pkg.module?.replace !== undefined;
  // One that is imported through a link is another package in the same directory.
  if (isVersioned || pkg.linkedBy !== undefined || pkg.errors.length > 0 || isPatternLike(pkg.dir)) return false;
  const isGenerated = pkg.untrackedFiles !== undefined || !names.isListed(pkg.dir);
  return !isGenerated && names.generatedSources(pkg.dir).length === 0 && originOf(pkg, group) === 'workspace';
}

/** Whether Nx takes the name of a directory for a pattern. */
export function isPatternLike(dir: string): boolean {
  return /[[\](){}*?]|(^|\/)!/.test(dir);
}
