import { readNxJson, type NxJsonConfiguration, type Tree } from '@nx/devkit';

import { findModules, type GoModule } from './go-modules.js';
import { isRegistered, targetNames } from './nx-json.js';
import { oldProjects, type OldProject } from './old-projects.js';
import type { Peer, PeerKind } from './peer.js';

/** What a workspace has of a peer. */
export interface PeerUse {
  readonly nxJson: NxJsonConfiguration;
  readonly modules: readonly GoModule[];
  /** What the targets of each kind are called. */
  readonly names: Readonly<Record<PeerKind, string>>;
  readonly projects: readonly OldProject[];
}

/**
 * What there is to convert, by the files alone: no plugin is loaded, and no project graph made. Undefined where nothing
 * names the peer.
 */
export function peerUse(tree: Tree, peer: Peer): PeerUse | undefined {
  const nxJson = readNxJson(tree) ?? {};
  const modules = findModules(tree);
  const names = targetNames(nxJson, peer);
  const registered = isRegistered(nxJson, peer);
  const projects = oldProjects(tree, peer, names, modules, registered);
  const hasDefaults = Object.keys(nxJson.targetDefaults ?? {}).some((key) => key.startsWith(`${peer.packageName}:`));
  return registered || hasDefaults || projects.length > 0 ? { nxJson, modules, names, projects } : undefined;
}
