import type { BuildExecutorOptions } from '../../executors/build/schema.js';
import { prepareTask } from '../../executors/task/prepare-task.js';
import type { GoSession } from '../../executors/task/session.js';
import type { ReadyTask } from '../../executors/task/task.js';
import { parseGoflags } from '../../go/configuration/build-configuration.js';
import type { ServedMain } from '../meet/messages.js';
import { buildTask } from './build-mains.js';
import { developmentOptions } from './development-options.js';

/**
 * How a served program is built, as its module's manifests and go's settings are now.
 *
 * @throws Error when that cannot be told.
 */
export async function preparedBuild(served: ServedMain, session: GoSession): Promise<ReadyTask<BuildExecutorOptions>> {
  const options = (inForce?: string): BuildExecutorOptions =>
    developmentOptions(served.build, served.root, served.debug, inForce);
  const ready = await prepareTask(buildTask(served, options()), session);
  const { ldflags } = options(parseGoflags(await session.goflags(ready)).get('ldflags'));
  return ldflags === undefined ? ready : { ...ready, options: { ...ready.options, ldflags } };
}
