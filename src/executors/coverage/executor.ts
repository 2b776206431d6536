import type { PromiseExecutor } from '@nx/devkit';

import { messageOf } from '../../message-of.js';
import { GoSession } from '../task/session.js';
import { singleTask, type GoTargetOptions } from '../task/task.js';
import { reportCoverage } from './report-coverage.js';
import type { CoverageExecutorOptions } from './schema.js';

const executor: PromiseExecutor<CoverageExecutorOptions> = async (options, context) => {
  const task = singleTask<GoTargetOptions & CoverageExecutorOptions>('coverage', options, context);
  try {
    const { success, text } = await reportCoverage(task, context, new GoSession(context.root));
    process.stdout.write(text);
    return { success };
  } catch (error) {
    process.stdout.write(`${messageOf(error).trimEnd()}\n`);
    return { success: false };
  }
};

export default executor;
