import { existsSync, readFileSync } from 'node:fs';

import type { GeneratorCallback, Tree } from '@nx/devkit';
import { execa } from 'execa';

import { flushChanges, FsTree } from '../../src/nx/generator-tree.js';
import { GO_ENV, GoWorkspace } from '../executors/go-workspace.js';

/** A temporary workspace on disk, in which generators write through a tree as Nx has them do. */
export class GeneratedWorkspace extends GoWorkspace {
  /**
   * Runs a generator as `nx generate` does: what it writes reaches the disk once it is through, and then its callback
   * runs.
   *
   * @returns the paths it wrote or removed, sorted.
   */
  async generate(generator: (tree: Tree) => Promise<unknown>): Promise<string[]> {
    const tree = new FsTree(this.root, false);
    const callback = await generator(tree);
    const changes = tree.listChanges();
    flushChanges(this.root, changes);
    if (typeof callback === 'function') await (callback as GeneratorCallback)();
    return changes.map(({ path }) => path).sort();
  }

  /** Runs go, which has to succeed, under {@link GO_ENV} and what is laid over it. */
  async mustGo(args: readonly string[], env: Readonly<Record<string, string>> = {}, dir = '.'): Promise<string> {
    const { stdout } = await execa('go', [...args], { cwd: this.path(dir), env: { ...GO_ENV, ...env } });
    return stdout;
  }

  /** The Go files in the workspace that gofmt would write otherwise. */
  async unformatted(): Promise<string> {
    return (await execa('gofmt', ['-l', '.'], { cwd: this.root })).stdout;
  }

  text(path: string): string | undefined {
    return existsSync(this.path(path)) ? readFileSync(this.path(path), 'utf8') : undefined;
  }
}
