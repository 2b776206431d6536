import type { Settings } from '../../testing/measuring/measure.js';
import type { Random } from '../../testing/random/random.js';
import type { MutableWorkspace } from '../workspace/mutable-workspace.js';

/** What a mutation changed apart from the files, which the workspace itself records. */
export interface Applied {
  /** The environment's settings from now on, all of them. */
  readonly settings?: Settings;
}

/** One kind of change that can happen to a repository. */
export interface Kind {
  readonly name: string;
  /** How often it is drawn, in relation to the others. */
  readonly weight: number;
  /** Whether everything has to be compiled again for it. */
  readonly costly?: boolean;
  /**
   * Makes one change of the kind at a random place.
   *
   * @returns undefined when the workspace has no place for it; it is then unchanged.
   */
  apply(random: Random, workspace: MutableWorkspace): Applied | undefined | Promise<Applied | undefined>;
}

/** What a kind returns that changed files only. */
export const CHANGED: Applied = {};
