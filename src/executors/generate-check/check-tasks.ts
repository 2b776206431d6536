import { join, posix } from 'node:path';

import { targetFacts } from '../../facts/target-facts.js';
import { isFile, readRegularFile } from '../../files.js';
import { fromRoot } from '../../paths.js';
import { jobForEach } from '../batch/job-for-each.js';
import { notCached, runGenerators } from '../generate/generate-tasks.js';
import type { GenerateExecutorOptions } from '../generate/schema.js';
import { pathsFromWorkspaceRoot } from '../output/workspace-paths.js';
import { taskEnvironment, type GoSession } from '../task/session.js';
import { TaskError } from '../task/task-error.js';
import type { Outcome, ReadyTask } from '../task/task.js';
import { copiedFiles } from './copied-files.js';
import { committable, difference } from './difference.js';
import { changedFiles, copyWorkspace, inCopy, type WorkspaceCopy } from './workspace-copy.js';

type CheckTask = ReadyTask<GenerateExecutorOptions>;

/** Generates in a copy of what the inputs name, and compares: the workspace is never written to. */
export const checkTasks = jobForEach<GenerateExecutorOptions>(check);

async function check(task: CheckTask, session: GoSession): Promise<Outcome> {
  const { workspaceRoot } = session;
  const facts = targetFacts(task.targetConfiguration)?.generators;
  if (!facts) {
    throw new TaskError(
      `nx-gopher does not run ${task.id}: it inferred nothing for the target. Use the target that it infers for packages ` +
        `with //go:generate lines.\n`,
    );
  }
  const vendor = posix.join(fromRoot(workspaceRoot, task.module.cwd), 'vendor');
  const files = await copiedFiles(task, facts, session);
  const copy = copyWorkspace(workspaceRoot, files, isFile(join(workspaceRoot, vendor, 'modules.txt')) ? [vendor] : []);
  try {
    return await compare(task, session, copy);
  } finally {
    copy.remove();
  }
}

async function compare(task: CheckTask, session: GoSession, copy: WorkspaceCopy): Promise<Outcome> {
  const { workspaceRoot } = session;
  const cwd = inCopy(copy, workspaceRoot, task.module.cwd);
  const env = environmentIn(copy, workspaceRoot, taskEnvironment(task));
  const { exitCode, text } = await runGenerators(task, session, { cwd, env });
  const output = pathsFromWorkspaceRoot(text, cwd, copy.root).replaceAll(`${copy.root}/`, '') + notCached(task);
  if (exitCode !== 0) return { success: false, text: output + missingHint(task) };
  const changed = changedFiles(copy).filter((path) => !/(^|\/)go\.(mod|sum|work|work\.sum)$/.test(path));
  const counted = await committable(workspaceRoot, changed);
  const unknown = counted.filter((path) => isSame(join(workspaceRoot, path), join(copy.root, path)));
  if (unknown.length > 0) return { success: false, text: output + undeclared(task, unknown) };
  if (counted.length === 0) return { success: true, text: output };
  const head = `${task.id}: the generated code is not what its generators make. Run go generate and commit what it writes.\n`;
  return { success: false, text: output + head + (await difference(workspaceRoot, copy, counted)) };
}

/** What names a place of the workspace names that of the copy. */
function environmentIn(
  copy: WorkspaceCopy,
  workspaceRoot: string,
  env: Readonly<Record<string, string>>,
): Record<string, string> {
  const { GOWORK = 'off' } = env;
  const places = ['PWD', 'INIT_CWD', 'NX_WORKSPACE_ROOT', 'NX_WORKSPACE_ROOT_PATH'];
  return {
    ...env,
    ...Object.fromEntries(places.map((name) => [name, copy.root])),
    GOWORK: GOWORK === 'off' ? GOWORK : inCopy(copy, workspaceRoot, GOWORK),
  };
}

/** What the copy did not hold, and the generators wrote as it is in the workspace. */
function isSame(inTree: string, generated: string): boolean {
  return isFile(inTree) && isFile(generated) && readRegularFile(inTree).equals(readRegularFile(generated));
}

function undeclared({ id, root, target }: CheckTask, paths: readonly string[]): string {
  const example = JSON.stringify({ targets: { generate: { outputs: [`{workspaceRoot}/${String(paths[0])}`] } } });
  return (
    `${id}: generators write ${paths.join(', ')}, which is no input of ${target}: its answer could be stale. Name it in ` +
    `${posix.join(root, 'project.json')}, as ${example}\n`
  );
}

function missingHint({ id, target, root }: CheckTask): string {
  const example = JSON.stringify({ targets: { [target]: { options: { reads: ['api/**/*.proto'] } } } });
  return (
    `${id} generates in a copy that holds what its inputs name. What a generator reads beside that can be named in ` +
    `${posix.join(root, 'project.json')}, as ${example}\n`
  );
}
