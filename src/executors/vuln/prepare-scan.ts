import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';

import type { ScanFacts } from '../../facts/scan-facts.js';
import { hasInferredInputs, targetFacts } from '../../facts/target-facts.js';
import { buildConfigurationKey, buildEnvironment, splitTags } from '../../go/configuration/build-configuration.js';
import { DEFAULT_DATABASE, databaseUrl } from '../../go/vulnerabilities/database.js';
import type { Scanned } from '../../go/vulnerabilities/govulncheck.js';
import { packagePattern } from '../../paths.js';
import { findModuleDir, moduleContext } from '../../workspace/modules/module-context.js';
import { filledTask } from '../task/filled-task.js';
import { inputsReplaced, unhashedVariablesRefusal } from '../task/refusal.js';
import type { GoSession } from '../task/session.js';
import { TaskError } from '../task/task-error.js';
import { projectFile, type GoTargetOptions, type GoTask } from '../task/task.js';
import { wrongOptions } from '../task/wrong-options.js';
import { readAllowList, type Allowed } from './allow-list.js';
import type { VulnExecutorOptions } from './schema.js';

/** A task that looks for vulnerabilities in a binary that is there, or in sources. */
export interface ScanTask extends GoTask<VulnExecutorOptions> {
  readonly scanned: Scanned;
  /** As govulncheck takes it. */
  readonly database: string;
  readonly allowed: readonly Allowed[];
  readonly moduleDir: string;
}

/**
 * Finds the binary and reads what is accepted.
 *
 * @throws TaskError with a message for the user.
 */
export async function prepareScan(task: GoTask<VulnExecutorOptions>, session: GoSession): Promise<ScanTask> {
  const { scan, clash } = targetFacts(task.targetConfiguration) ?? {};
  if (clash) throw new TaskError(`nx-gopher does not run ${task.id}: ${clash}\n`);
  const wrong = wrongOptions(task.executor, task.options);
  if (wrong) throw new TaskError(wrong);
  if (!scan) {
    throw new TaskError(
      `nx-gopher does not run ${task.id}: it inferred nothing for the target. Give the plugin the option "vuln" in nx.json, ` +
        `and use the target that it infers for main packages.\n`,
    );
  }
  if (task.cacheable && !hasInferredInputs(task.targetConfiguration)) throw new TaskError(inputsReplaced(task));
  refuseOtherOptions(task);
  const unhashed = task.cacheable ? unhashedVariablesRefusal(task) : undefined;
  if (unhashed) throw new TaskError(unhashed);
  const { workspaceRoot } = session;
  const options = filledTask(task);
  return {
    ...task,
    options,
    scanned: scan.source ? await sourcesOf(task, scan, session) : { binary: await binaryOf(task, scan, session) },
    database: databaseUrl(options.database ?? DEFAULT_DATABASE, workspaceRoot),
    allowed: options.allow === undefined ? [] : readAllowList(workspaceRoot, options.allow),
    moduleDir: join(workspaceRoot, scan.moduleDir),
  };
}

/** An option of the command line would bring in a database or a list that is in no hash. */
function refuseOtherOptions(task: GoTask<VulnExecutorOptions>): void {
  const declared = (task.targetConfiguration?.options ?? {}) as VulnExecutorOptions;
  const names = ['mode', 'database', 'allow', 'reports'] as const;
  const changed = names.filter((name) => JSON.stringify(task.options[name]) !== JSON.stringify(declared[name]));
  if (changed.length === 0) return;
  const options = Object.fromEntries(changed.map((name) => [name, task.options[name]]));
  throw new TaskError(
    `nx-gopher does not run ${task.id}: its inputs and outputs were not inferred for ${changed.join(', ')}. Write the ` +
      `options into ${projectFile(task)}:\n  ${JSON.stringify({ targets: { [task.target]: { options } } })}\n`,
  );
}

async function binaryOf(task: GoTask, { target, names }: ScanFacts, session: GoSession): Promise<string> {
  const { workspaceRoot, sealing } = session;
  const built = task.dependencies.find((other) => other.project === task.project && other.target === target);
  const isProgram = (path: string): boolean => names.includes(posix.basename(path));
  const path = built?.outputs.find((output) => isProgram(output) && existsSync(join(workspaceRoot, output)));
  if (built === undefined || path === undefined) {
    throw new TaskError(
      `The binary of ${task.project}:${target} does not exist. Run ${task.id} without --exclude-task-dependencies.\n`,
    );
  }
  const problem = await sealing?.problemOf(built);
  if (problem === undefined) return join(workspaceRoot, path);
  throw new TaskError(
    `${task.id} does not look into what the cache gave for ${built.id}: it is not what the task made: ${problem}.\n` +
      `It has been removed on this machine. Run the command again.\n`,
  );
}

/** The package, as the build compiles it. */
async function sourcesOf(task: GoTask, { target }: ScanFacts, session: GoSession): Promise<Scanned> {
  const { workspaceRoot } = session;
  const dir = join(workspaceRoot, task.root);
  const moduleDir = findModuleDir(workspaceRoot, dir);
  if (moduleDir === undefined) throw new TaskError(`No go.mod was found in ${task.root} or above it.\n`);
  const module = moduleContext(workspaceRoot, moduleDir);
  const build = session.projectGraph?.nodes[task.project]?.data.targets?.[target];
  const options = (build?.options ?? {}) as GoTargetOptions;
  const key = buildConfigurationKey(await session.buildConfiguration(options, module));
  const inferred = targetFacts(task.targetConfiguration)?.buildConfigurations ?? [];
  if (task.cacheable && !inferred.includes(key)) {
    throw new TaskError(
      `nx-gopher does not run ${task.id}: its inputs were inferred for ${inferred.join('; ')}, and it would look at ${key}. ` +
        `The environment or the go command changed since: run \`nx reset\`, then the task again.\n`,
    );
  }
  const env = { ...module.env, ...buildEnvironment(options) };
  const tags = options.tags === undefined ? [] : splitTags(options.tags);
  return { pattern: packagePattern(module.cwd, dir), cwd: module.cwd, env, tags };
}
