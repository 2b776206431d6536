import type { Inputs } from './embed-patterns.js';
import { shellWord } from './settings.js';

/** Prints the versions of tools, from wherever the plugin is installed. */
const STATE = `node -e "import('nx-gopher/generate-state')" --`;

/**
 * The versions of tools that a target runs, read when Nx hashes.
 *
 * @param moduleDir where `tool` lines hold, relative to the workspace's root.
 * @param tools as `executors/generate/tool-state.ts` takes them: `tool <name>`, `path <name>` and the like.
 */
export function toolState(moduleDir: string, tools: readonly string[]): Inputs {
  if (tools.length === 0) return [];
  return [{ runtime: [STATE, ...[moduleDir, ...tools].map(shellWord)].join(' ') }];
}
