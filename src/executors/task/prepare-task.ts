import { readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

import { modulePath } from '../../go/modules/mod-file.js';
import { isInside, packagePattern, toPosix } from '../../paths.js';
import { targetFacts } from '../../facts/target-facts.js';
import { findModuleDir, moduleContext, type ModuleContext } from '../../workspace/modules/module-context.js';
import { filledTask } from './filled-task.js';
import { refusal } from './refusal.js';
import type { GoSession } from './session.js';
import { TaskError } from './task-error.js';
import type { GoTargetOptions, GoTask, ReadyTask, TaskPackage } from './task.js';
import { wrongOptions } from './wrong-options.js';

/**
 * Finds what a task needs to run and checks that it may (law 5 of docs/architecture.md).
 *
 * @throws TaskError, or GoNotUsableError, with a message for the user.
 */
export async function prepareTask<Options extends GoTargetOptions>(
  task: GoTask<Options>,
  session: GoSession,
): Promise<ReadyTask<Options>> {
  // Before all else: what the graph refused may have options that nothing here can read.
  const { clash } = targetFacts(task.targetConfiguration) ?? {};
  if (clash) throw new TaskError(`nx-gopher does not run ${task.id}: ${clash}\n`);
  const wrong = wrongOptions(task.executor, task.options);
  if (wrong) throw new TaskError(wrong);
  await session.go();
  const module = moduleOf(task, session.workspaceRoot);
  const filled = filledTask(task);
  const options = { ...filled, env: { ...task.dotenv, ...filled.env } };
  const buildConfiguration = await session.buildConfiguration(options, module);
  const facts = targetFacts(task.targetConfiguration);
  const refused = refusal(task, facts, buildConfiguration, filled);
  if (refused) throw new TaskError(refused);
  const packages = packageDirs(task, session.workspaceRoot).map((dir) => taskPackage(dir, task, module));
  return { ...task, options, module, packages, buildConfiguration, usesCgo: facts?.cgo ?? false };
}

/** What the options name, else what the inputs were inferred for, else the project's own directory; absolute. */
function packageDirs(task: GoTask, workspaceRoot: string): string[] {
  const inferred = targetFacts(task.targetConfiguration)?.packages;
  const dirs = [task.options.packages, inferred].find((list) => list !== undefined && list.length > 0) ?? [task.root];
  return dirs.map((dir) => resolve(workspaceRoot, dir));
}

function moduleOf(task: GoTask, workspaceRoot: string): ModuleContext {
  const dir = packageDirs(task, workspaceRoot)[0] ?? resolve(workspaceRoot, task.root);
  const moduleDir = findModuleDir(workspaceRoot, dir);
  if (moduleDir) return moduleContext(workspaceRoot, moduleDir);
  throw new TaskError(
    `No go.mod was found in ${toPosix(relative(workspaceRoot, dir)) || '.'} or above it inside the workspace. ` +
      `Create one with \`go mod init <module path>\`.`,
  );
}

function taskPackage(dir: string, task: GoTask, module: ModuleContext): TaskPackage {
  if (!isInside(module.moduleDir, dir)) {
    throw new TaskError(
      `${task.id}: the package directory ${dir} is outside the module in ${module.moduleDir}; ` +
        `the packages of one target must belong to one module.`,
    );
  }
  const inModule = toPosix(relative(module.moduleDir, dir));
  const path = modulePath(readFileSync(join(module.moduleDir, 'go.mod'), 'utf8'));
  if (!path) throw new TaskError(`${join(module.moduleDir, 'go.mod')} has no module directive.`);
  return { dir, pattern: packagePattern(module.cwd, dir), importPath: inModule === '' ? path : `${path}/${inModule}` };
}
