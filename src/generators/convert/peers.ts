import type { Tree } from '@nx/devkit';

import { GONX } from '../convert-from-gonx/gonx.js';
import { nxGo } from '../convert-from-nx-go/nx-go.js';
import type { Peer } from './peer.js';
import { versionOf } from './peer-version.js';

/** The plugins that a workspace can come from, as they are in the version that it has. */
export const PEERS = {
  'nx-go': (tree: Tree): Peer => nxGo(versionOf(tree, '@nx-go/nx-go')),
  gonx: (): Peer => GONX,
} as const;

export type PeerName = keyof typeof PEERS;
