import { parseGoflags } from '../../go/configuration/build-configuration.js';
import { compileFlags, type CompileOptions } from '../flags/compile-flags.js';
import type { GoTargetOptions } from '../task/task.js';
import type { TaskGroup } from './group-tasks.js';

/**
 * Equal for groups whose go processes find each other's compiled packages in go's build cache. `-trimpath` counts: what
 * was compiled with it is another entry, of the standard library too (cmd/go's `buildActionID`).
 */
export function compileKey(
  { env }: Pick<TaskGroup<GoTargetOptions>, 'env'>,
  options: CompileOptions,
  trimpath: boolean,
): string {
  // The linker's flags are no compiler's; modules have their packages in common too, whatever go.work is in force.
  const settings = Object.entries(env).filter(([name]) => name !== 'GOWORK');
  const flags = compileFlags(options).filter((flag) => !flag.startsWith('-ldflags='));
  return JSON.stringify([settings, flags, trimpath]);
}

/** Whether GOFLAGS turn `-trimpath` on. */
export function hasTrimpath(goflags: string): boolean {
  return parseGoflags(goflags).get('trimpath') === 'true';
}
