import type { GroupListing, Module, ModuleGroup } from '../workspace/workspace.js';
import type { Package } from '../go/listing/package.js';
import { BitSet } from '../workspace/listing/bit-set.js';
import { Closures } from '../workspace/listing/closure.js';
import { originOf } from './external-modules.js';
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
  readonly modules: readonly Module[];
  /** Whether one of them uses cgo itself, and whether one imports a package of the standard library that does. */
  readonly cgo: boolean;
  readonly standardCgo: boolean;
}

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
  private readonly splits = new Map<string, SplitClosure>();

  private constructor(
    private readonly closures: Closures,
    group: ModuleGroup,
    names: Names,
  ) {
    const { length } = closures.packages;
    this.members = new BitSet(length);
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
    const known = this.splits.get(id);
    if (known) return known;
    const closure = this.closures.without(importPaths, tests);
    const others = closure.without(this.members).map((number) => this.closures.packages[number] as Package);
    const split = { closure, plain: this.partOf(closure), others };
    this.splits.set(id, split);
    return split;
  }

  /** What those in the closure add. */
  private partOf(closure: BitSet): PlainPart {
    return {
      projects: closure.common(this.members).map((number) => this.projects[number] as string),
      modules: [...this.modules].flatMap(([module, inModule]) => (closure.intersects(inModule) ? [module] : [])),
      cgo: closure.intersects(this.cgo),
      standardCgo: closure.intersects(this.standardCgo),
    };
  }
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
