import { posix } from 'node:path';

import { fromRoot, isInWorkspace } from '../../paths.js';
import { Manifest, Manifests } from '../../workspace/modules/manifests.js';
import type { CommitTree } from './commit-tree.js';

/** Whether a file decides which modules there are, and which versions of others. */
export function isManifest(path: string): boolean {
  return /(^|\/)(go\.(mod|work)|vendor\/modules\.txt)$/.test(path);
}

/** The manifests of a commit. What lies outside of the workspace is in no commit, and read where it is. */
export class CommitManifests extends Manifests {
  private readonly found = new Map<string, Manifest>();

  /** @param contents of the blobs of all files for which {@link isManifest} holds. */
  constructor(
    root: string,
    private readonly tree: CommitTree,
    private readonly contents: ReadonlyMap<string, string>,
  ) {
    super(root);
  }

  override at(file: string): Manifest {
    const path = fromRoot(this.root, posix.resolve(this.root, file));
    if (!isInWorkspace(path)) return super.at(file);
    let manifest = this.found.get(path);
    if (!manifest) {
      const blob = this.tree.blobs.get(path) ?? '';
      const text = this.contents.get(blob);
      this.found.set(path, (manifest = new Manifest(text !== undefined, text ?? '', blob, [])));
    }
    return manifest;
  }
}
