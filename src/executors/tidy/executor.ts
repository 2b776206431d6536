import type { PromiseExecutor } from '@nx/devkit';

import { GoSession } from '../task/session.js';
import { singleTask } from '../task/task.js';
import type { TidyExecutorOptions } from './schema.js';
import { tidyModule } from './tidy-module.js';

const executor: PromiseExecutor<TidyExecutorOptions> = async (options, context) => {
  const task = singleTask('tidy', options, context);
  const { success, text } = await tidyModule(task, new GoSession(context.root));
  if (text) process.stdout.write(text);
  return { success };
};

export default executor;
