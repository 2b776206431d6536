import type { TargetConfiguration } from '@nx/devkit';

/** What is to stand in project files: targets by project root and name; undefined takes one out. */
export type Writes = Map<string, Map<string, TargetConfiguration | undefined>>;

/** Puts a target among the writes; an empty one takes what is written out. */
export function write(writes: Writes, root: string, name: string, target: TargetConfiguration): void {
  const targets = writes.get(root) ?? new Map<string, TargetConfiguration | undefined>();
  targets.set(name, Object.keys(target).length ? target : undefined);
  writes.set(root, targets);
}
