import type { ArchiveFacts } from '../../facts/archive-facts.js';
import { hasInferredInputs, targetFacts } from '../../facts/target-facts.js';
import { filledTask } from '../task/filled-task.js';
import { inputsReplaced, unhashedVariablesRefusal } from '../task/refusal.js';
import { projectFile, type GoTask } from '../task/task.js';
import type { GoSession } from '../task/session.js';
import { TaskError } from '../task/task-error.js';
import { wrongOptions } from '../task/wrong-options.js';
import { unknownGate } from './gate.js';
import type { PackageExecutorOptions } from './schema.js';

/** A task that writes archives, whose target the graph inferred. */
export interface ArchiveTask extends GoTask<PackageExecutorOptions> {
  readonly facts: ArchiveFacts;
}

/**
 * Checks that the archives are as the graph inferred them: an option of the command line cannot change the builds.
 *
 * @throws TaskError with a message for the user.
 */
export async function prepareArchive(
  task: GoTask<PackageExecutorOptions>,
  { projectGraph }: GoSession,
): Promise<ArchiveTask> {
  const { archive: facts, clash } = targetFacts(task.targetConfiguration) ?? {};
  if (clash) throw new TaskError(`nx-gopher does not run ${task.id}: ${clash}\n`);
  const wrong = wrongOptions(task.executor, task.options);
  if (wrong) throw new TaskError(wrong);
  if (!facts) {
    throw new TaskError(
      `nx-gopher does not run ${task.id}: it inferred nothing for the target. Use the target that it infers for main packages. ` +
        `Its options go into ${projectFile(task)}.\n`,
    );
  }
  if (task.cacheable && !hasInferredInputs(task.targetConfiguration)) throw new TaskError(inputsReplaced(task));
  if (facts.problem) throw new TaskError(`${facts.problem}\n`);
  const ungated = projectGraph && unknownGate(task, facts, projectGraph);
  if (ungated) throw new TaskError(ungated);
  const declared = (task.targetConfiguration?.options ?? {}) as PackageExecutorOptions;
  const changed = INFERRED_FROM.filter((name) => JSON.stringify(task.options[name]) !== JSON.stringify(declared[name]));
  if (changed.length > 0) {
    const options = Object.fromEntries(changed.map((name) => [name, task.options[name]]));
    throw new TaskError(
      `nx-gopher does not run ${task.id}: its builds, inputs and outputs were not inferred for ${changed.join(', ')}. ` +
        `Write the options into ${projectFile(task)}:\n  ${JSON.stringify({ targets: { [task.target]: { options } } })}\n`,
    );
  }
  const unhashed = task.cacheable ? unhashedVariablesRefusal(task) : undefined;
  if (unhashed) throw new TaskError(unhashed);
  return { ...task, options: filledTask(task), facts };
}

/** Options from which the graph infers what the target waits for, reads and writes. */
const INFERRED_FROM = ['format', 'platforms', 'architecture', 'outputPath', 'files', 'gate'] as const;
