import { posix } from 'node:path';

import { getProjects, type TargetConfiguration, type Tree } from '@nx/devkit';

import type { GoModule } from './go-modules.js';
import { kindOfExecutor, type Options, type Peer, type PeerKind } from './peer.js';

/** A target that the peer inferred or a project file gives to one of its executors. */
export interface OldTarget {
  readonly name: string;
  readonly kind: PeerKind;
  /** What the project file says of it; empty for a target that is only inferred. */
  readonly written: TargetConfiguration;
  readonly isWritten: boolean;
  /** What the peer's plugin lets it wait for, unless something else says what it waits for. */
  readonly inferredDependsOn: readonly string[];
}

/** A project as it was under the peer. */
export interface OldProject {
  readonly root: string;
  readonly name: string;
  /** Whether it has a project.json, or a package.json that counts. */
  readonly hasFile: boolean;
  /** Dependencies that its file names. */
  readonly implicitDependencies: readonly string[];
  /** The module whose directory it has, or that it lies in. */
  readonly module: GoModule | undefined;
  /** Whether the peer's plugin makes it a project, with or without a file. */
  readonly isNamed: boolean;
  readonly targets: readonly OldTarget[];
}

/**
 * The projects that have targets of the peer: module directories, for which its plugin infers targets where it is
 * registered, and those whose project files name its executors.
 */
export function oldProjects(
  tree: Tree,
  peer: Peer,
  names: Readonly<Record<PeerKind, string>>,
  modules: readonly GoModule[],
  registered: boolean,
): OldProject[] {
  const files = new Map([...getProjects(tree)].map(([name, file]) => [file.root, { ...file, name }] as const));
  const roots = [...new Set([...files.keys(), ...modules.map(({ dir }) => dir)])].sort();
  return roots
    .map((root): OldProject => {
      const file = files.get(root);
      const module = modules.findLast(({ dir }) => dir === '.' || root === dir || root.startsWith(`${dir}/`));
      const isNamed = registered && module?.dir === root && (root !== '.' || peer.infersRoot || file !== undefined);
      const inferred = isNamed && peer.infersTargets ? inferredKinds(tree, peer, module) : [];
      const revive = peer.findsRevive && inferred.length > 0 && hasRevive(tree, root);
      return {
        root,
        name: file?.name ?? peer.projectName(root),
        hasFile: file !== undefined,
        implicitDependencies: (file?.implicitDependencies ?? []).filter((name) => !name.startsWith('!')),
        module,
        isNamed,
        targets: mergeTargets(
          peer,
          inferred.map((kind) => [names[kind], kind]),
          file?.targets ?? {},
        ).map((target) => (revive ? withRevive(target) : target)),
      };
    })
    .filter(({ targets, isNamed }) => isNamed || targets.length > 0);
}

/** Whether a module has a configuration of the linter revive, for which some peers run it instead of go fmt. */
function hasRevive(tree: Tree, root: string): boolean {
  return ['revive.toml', '.revive.toml'].some((file) => tree.exists(posix.join(root, file)));
}

function withRevive(target: OldTarget): OldTarget {
  const { kind, written } = target;
  return kind === 'lint'
    ? { ...target, written: { ...written, options: { linter: 'revive', ...written.options } } }
    : target;
}

/** The kinds that the peer infers for a module. */
function inferredKinds(tree: Tree, peer: Peer, { dir }: GoModule): PeerKind[] {
  const isApplication = peer.isApplication(tree, dir);
  const hasAir = 'serve-air' in peer.targetNames && tree.exists(posix.join(dir, '.air.toml'));
  const kinds = [
    ...(isApplication ? (['build', 'serve'] as const) : []),
    ...(isApplication && hasAir ? (['serve-air'] as const) : []),
    ...(['test', 'lint', 'tidy', 'generate', 'release-publish'] as const),
  ];
  return kinds.filter((kind) => kind in peer.targetNames);
}

function mergeTargets(
  peer: Peer,
  inferred: readonly (readonly [string, PeerKind])[],
  written: Readonly<Record<string, TargetConfiguration>>,
): OldTarget[] {
  const kinds = new Map(inferred);
  const inferredDependsOn = (name: string, kind: PeerKind): readonly string[] =>
    kinds.get(name) === kind ? (peer.dependsOn[kind] ?? []) : [];
  const isCommand = ({ executor, command }: TargetConfiguration) => executor !== undefined || command !== undefined;
  const targetsOfFile = Object.entries(written).flatMap(([name, target]) => {
    const kind = kindOfExecutor(peer, target.executor) ?? (isCommand(target) ? undefined : kinds.get(name));
    const written = kind && withNewestOptions(peer, kind, target);
    return written ? [{ name, kind, written, isWritten: true, inferredDependsOn: inferredDependsOn(name, kind) }] : [];
  });
  const others = inferred
    .filter(([name]) => !(name in written))
    .map(([name, kind]) => ({
      ...{ name, kind, written: withNewestOptions(peer, kind, {}), isWritten: false },
      inferredDependsOn: inferredDependsOn(name, kind),
    }));
  return [...targetsOfFile, ...others];
}

function withNewestOptions(peer: Peer, kind: PeerKind, target: TargetConfiguration): TargetConfiguration {
  const { options, configurations } = target as { options?: Options; configurations?: Record<string, Options> };
  const newest = peer.newestOptions(kind, options ?? {});
  const named = Object.entries(configurations ?? {}).map(([name, one]) => [name, peer.newestOptions(kind, one)]);
  return {
    ...target,
    ...(Object.keys(newest).length ? { options: newest } : {}),
    ...(named.length ? { configurations: Object.fromEntries(named) } : {}),
  };
}
