import { GoSession } from '../../executors/task/session.js';
import { TaskError } from '../../executors/task/task-error.js';
import type { ServedMain } from '../meet/messages.js';
import { builtFile, buildMains } from './build-mains.js';
import { preparedBuild } from './prepared-build.js';

/** Builds a program as `serve` does, for one use of it. @returns its path. @throws TaskError with what go says. */
export async function buildOnce(main: ServedMain, workspaceRoot: string): Promise<string> {
  const session = new GoSession(workspaceRoot);
  const task = await preparedBuild(main, session);
  for await (const { success, text } of buildMains([task], session)) if (!success) throw new TaskError(text);
  return builtFile(task, workspaceRoot);
}
