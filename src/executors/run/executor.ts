import { writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { resolve } from 'node:path';

import type { PromiseExecutor } from '@nx/devkit';

import { messageOf } from '../../message-of.js';
import { Program, type ProgramEnd } from '../../serve/restart/program.js';
import { outputPath } from '../build/output-path.js';
import { ownOptions } from '../program/own-options.js';
import { programArguments, wordsOf } from '../program/program-arguments.js';
import { siblingTask } from '../program/sibling-task.js';
import { prepareTask } from '../task/prepare-task.js';
import { GoSession } from '../task/session.js';
import { TaskError } from '../task/task-error.js';
import { singleTask } from '../task/task.js';
import type { RunExecutorOptions } from './schema.js';

/** Milliseconds that the program gets to end when this process is ended. */
const GRACE = 10_000;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const executor: PromiseExecutor<RunExecutorOptions> = async (given, context) => {
  const task = singleTask('run', given, context);
  try {
    const { options, names } = ownOptions<RunExecutorOptions>('run', task);
    const build = siblingTask('build', task, options.buildTarget ?? 'build', context);
    const ready = await prepareTask(build, new GoSession(context.root, context.projectGraph));
    const { goos } = ready.buildConfiguration;
    if (goos !== hostSystem()) {
      throw new TaskError(`${build.id} builds for ${goos}, and this system cannot run that: ${hostSystem()}.\n`);
    }
    const end = await attended({
      file: outputPath(ready, context.root),
      args: programArguments(options.args, wordsOf(context, task.id), names),
      cwd: resolve(context.root, options.cwd ?? task.root),
      env: { ...process.env, ...options.env },
    });
    if (end.problem !== undefined) throw new TaskError(`${end.problem}\n`);
    if (options.exitCodeFile !== undefined) {
      const code = end.code ?? 128 + (end.signal ? constants.signals[end.signal] : 0);
      writeFileSync(resolve(context.root, options.exitCodeFile), `${code}\n`);
    }
    if (end.code !== 0) process.stderr.write(`${task.project} ended with ${end.signal ?? `exit code ${end.code}`}\n`);
    return { success: end.code === 0 };
  } catch (error) {
    process.stderr.write(messageOf(error));
    return { success: false };
  }
};

/** Runs a program on this process's terminal. Whoever wants it to end is answered by the program, not by us. */
async function attended(
  start: Pick<Parameters<typeof Program.start>[0], 'file' | 'args' | 'cwd' | 'env'>,
): Promise<ProgramEnd> {
  const program = Program.start({ ...start, grace: GRACE, group: false });
  // A terminal sends Ctrl-C to the program, too; other signals reach this process alone.
  const pass = (signal: NodeJS.Signals): void => (signal === 'SIGINT' ? undefined : program.signal(signal));
  const stop = (): void => void program.stop();
  for (const signal of SIGNALS) process.on(signal, pass);
  // Nx was killed.
  process.on('disconnect', stop);
  try {
    return await program.ended;
  } finally {
    for (const signal of SIGNALS) process.off(signal, pass);
    process.off('disconnect', stop);
  }
}

function hostSystem(): string {
  return process.platform === 'win32' ? 'windows' : process.platform;
}

export default executor;
