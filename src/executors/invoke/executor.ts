import type { ExecutorContext, PromiseExecutor } from '@nx/devkit';

import { messageOf } from '../../message-of.js';
import { workspaceDataFolder } from '../../nx/cache-folders.js';
import { buildOnce } from '../../serve/build/build-once.js';
import { LambdaFunction, type Answered } from '../../serve/lambda/function.js';
import { functionSettings } from '../../serve/lambda/function-settings.js';
import { newInvocation } from '../../serve/lambda/invocation.js';
import { invokeServed } from '../../serve/lambda/invoke-served.js';
import { onLostParent } from '../../serve/lost-parent.js';
import { findFunction } from '../../serve/meet/find-function.js';
import { socketAddress } from '../../serve/meet/socket-address.js';
import { programArguments } from '../program/program-arguments.js';
import { ownOptions } from '../program/own-options.js';
import { say, servedProgram } from '../program/served-program.js';
import { siblingTask } from '../program/sibling-task.js';
import { lambdaOption } from '../serve/lambda-option.js';
import type { ServeExecutorOptions } from '../serve/schema.js';
import { filledTask } from '../task/filled-task.js';
import { TaskError } from '../task/task-error.js';
import { singleTask, type GoTargetOptions, type GoTask } from '../task/task.js';
import { wrongOptions } from '../task/wrong-options.js';
import { eventNamed } from './event.js';
import type { InvokeExecutorOptions } from './schema.js';

const executor: PromiseExecutor<InvokeExecutorOptions> = async (given, context) => {
  const task = singleTask<GoTargetOptions & InvokeExecutorOptions>('invoke', given, context);
  try {
    const wrong = wrongOptions('invoke', given);
    if (wrong) throw new TaskError(wrong);
    const options = filledTask<InvokeExecutorOptions>(task);
    const { payload, origin } = eventNamed(options.event, task.root, context.root);
    const serve = siblingTask('serve', task, options.serveTarget ?? 'serve', context);
    say(`event: ${origin}`);
    const endpoint = await findFunction(socketAddress(workspaceDataFolder(context.root)), task.project);
    const { outcome, log } = await (endpoint === undefined
      ? invokeOnce(serve, payload, context)
      : invokeServed(endpoint, task.project, payload));
    // One that was started here has written to this terminal itself.
    if (endpoint !== undefined) process.stdout.write(log);
    process.stdout.write(`${inLines(outcome.body)}\n`);
    return { success: !outcome.isError };
  } catch (error) {
    process.stderr.write(messageOf(error));
    return { success: false };
  }
};

/** Builds and starts a handler for one invocation, as the target says that serves it. */
async function invokeOnce(task: GoTask, payload: Buffer, context: ExecutorContext): Promise<Answered> {
  onLostParent();
  say(`nothing serves ${task.project}: it is started for this invocation (nx run ${task.id} keeps it up to date)`);
  const { options } = ownOptions<ServeExecutorOptions>('serve', task);
  const { build, main, run } = servedProgram(task, options, context);
  const args = programArguments(options.args, [], []);
  const settings = functionSettings(lambdaOption(options, build.targetConfiguration) ?? {}, main);
  const target = new LambdaFunction({
    ...run,
    ...settings,
    command: (file) => [file, ...args],
    say: () => undefined,
    onReady: async () => undefined,
  });
  const file = await buildOnce(main, context.root);
  await target.take(file, { isAsked: false, environment: false });
  const answered = await target.invoke(newInvocation(payload, target.arn));
  await target.stop();
  return answered;
}

/** JSON so that it can be read, anything else as it is. */
function inLines(body: Buffer): string {
  const text = body.toString('utf8');
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}

export default executor;
