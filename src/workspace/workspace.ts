import type { BuildConfigurationOptions } from '../go/configuration/build-configuration.js';
import type { BuildConfiguration } from '../go/configuration/build-configuration.js';
import type { Listing } from '../go/listing/package.js';
import type { ReadonlyByName } from '../by-name.js';

/** A module of the workspace, as its manifests describe it. Directories are relative to the workspace's root. */
export interface Module {
  readonly dir: string;
  /** Module path; the directory when go.mod has none. */
  readonly path: string;
  /** The `go` directive in full, e.g. `1.24.2`; empty when there is none. */
  readonly goVersion: string;
  /** Its `go` and `godebug` lines: they decide the GODEBUG defaults of its tests. */
  readonly settings: string;
  readonly packageDirs: readonly string[];
}

/** Modules that one go process loads together: those a go.work uses, or one module that stands alone. */
export interface ModuleGroup {
  /** Directory go runs in: that of the go.work, else the module's. */
  readonly dir: string;
  readonly workFile: string | undefined;
  readonly env: Readonly<Record<'GOWORK', string>>;
  readonly modules: readonly Module[];
  readonly vendor: boolean;
  /** Whether Nx lists what lies in the vendor directory; else git ignores it. */
  readonly vendorListed: boolean;
  /** The `go` and `godebug` lines of the go.work, which then take the place of the modules' own; else empty. */
  readonly workSettings: string;
  /** What a `replace` of the group's go.mod or go.work files replaces by a directory of the workspace. */
  readonly replacements: readonly Replacement[];
  /** Files that symbolic links give the name of a manifest: from the workspace's root, by the manifest's directory. */
  readonly linkedManifests: readonly { readonly dir: string; readonly target: string }[];
  /** go.sum lines by `path@version`, of every go.sum and go.work.sum that the group reads. */
  readonly sums: ReadonlyByName<string>;
}

/** A module path, and the directory of the workspace that stands for it. */
export interface Replacement {
  readonly path: string;
  readonly dir: string;
}

/** The packages of a group under one build configuration. */
export interface GroupListing {
  readonly configuration: BuildConfiguration;
  readonly key: string;
  readonly packages: Listing;
  /** Why go could not list the group as a whole; the packages then come from a scan of the sources. */
  readonly failure?: string;
  /** A manifest, from the workspace's root, for which go would wait without end. */
  readonly endlessFile?: string;
}

/** A Go workspace as found on disk, with a way to list its packages under any build configuration. */
export interface Workspace {
  readonly root: string;
  readonly groups: readonly ModuleGroup[];
  /** Directories that hold a go.work. */
  readonly workDirs: readonly string[];
  /**
   * Lists a group, all its package directories or only some of them, with their closures; kept on disk until anything
   * that it depends on changes.
   */
  list(group: ModuleGroup, options: BuildConfigurationOptions, dirs?: readonly string[]): Promise<GroupListing>;
}
