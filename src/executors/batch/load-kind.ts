import type { TargetKind } from '../../facts/target-kinds.js';
import type { AnyTaskKind } from './run-tasks.js';

/** Loads what runs tasks of a kind, from the kind's folder: a batch loads what it holds and nothing else. */
export async function loadKind(kind: TargetKind): Promise<AnyTaskKind> {
  // The bundle holds all files that this can name.
  const { default: loaded } = (await import(`../${kind}/kind.ts`)) as { default: AnyTaskKind };
  return loaded;
}
