import type { ExecutorContext, PromiseExecutor } from '@nx/devkit';

import { messageOf } from '../../message-of.js';
import { workspaceDataFolder } from '../../nx/cache-folders.js';
import { tellReady } from '../../nx/ready-signal.js';
import { findDelve, underDelve } from '../../go/process/delve.js';
import { onLostParent } from '../../serve/lost-parent.js';
import type { Gate } from '../../serve/proxy/gate.js';
import type { ProxySettings } from '../../serve/proxy/proxy.js';
import { Member } from '../../serve/member.js';
import { socketAddress } from '../../serve/meet/socket-address.js';
import { Runner, type RunnerSettings } from '../../serve/restart/runner.js';
import { ownOptions } from '../program/own-options.js';
import { programArguments, wordsOf } from '../program/program-arguments.js';
import { say, servedProgram } from '../program/served-program.js';
import { TaskError } from '../task/task-error.js';
import { portError } from '../../serve/proxy/port-error.js';
import { singleTask, type GoTask } from '../task/task.js';
import { lambdaOption } from './lambda-option.js';
import type { ServeExecutorOptions } from './schema.js';

const DEBUG_PORT = 2345;

const executor: PromiseExecutor<ServeExecutorOptions> = async (given, context) => {
  const task = singleTask('serve', given, context);
  try {
    const { options, names } = ownOptions<ServeExecutorOptions>('serve', task);
    const args = programArguments(options.args, wordsOf(context, task.id), names);
    onLostParent();
    if (options.lambda && options.proxy) {
      throw new TaskError(
        `${task.id} has the options lambda and proxy; a Lambda handler has no port: leave proxy out.\n`,
      );
    }
    const gate = options.proxy && (await proxyGate(options.proxy));
    const command = await commandOf(options, args, context.root);
    return await serving(task, { ...options, command, ...(gate ? { gate } : {}) }, context);
  } catch (error) {
    process.stderr.write(messageOf(error));
    return { success: false };
  }
};

/** Serves until this process is ended. */
async function serving(
  task: GoTask,
  options: ServeExecutorOptions & Pick<RunnerSettings, 'command' | 'gate'>,
  context: ExecutorContext,
): Promise<never> {
  const { command, proxy, gate, readyWhen = {}, verbose = false } = options;
  const { build, main, run } = servedProgram(task, options, context);
  const url = proxy ? `http://localhost:${proxy.port}/` : readyWhen.url?.startsWith('/') ? undefined : readyWhen.url;
  const common = { ...run, command };
  const workspaceRoot = context.root;
  const address = socketAddress(workspaceDataFolder(workspaceRoot));
  const served = { workspaceRoot, address, say, verbose };
  const settings = lambdaOption(options, build.targetConfiguration);
  if (settings) {
    const { serveLambda } = await import('../../serve/lambda/serve-lambda.js');
    const { runner, lambda, onListening } = await serveLambda(settings, main, common);
    return new Member({ ...served, main: { ...main, lambda }, runner, onListening }).serve();
  }
  const runner = new Runner({ ...common, readyWhen, onReady: () => tellReady(url), ...(gate ? { gate } : {}) });
  return new Member({ ...served, main, runner }).serve();
}

/** How a program is run: as it is, or under a debugger. */
async function commandOf(
  { debug, debugPort = DEBUG_PORT }: ServeExecutorOptions,
  args: readonly string[],
  workspaceRoot: string,
): Promise<RunnerSettings['command']> {
  if (!debug) return (file) => [file, ...args];
  const debuggerCommand = await findDelve(workspaceRoot);
  return (file) => underDelve(debuggerCommand, debugPort, file, args);
}

/** Listens for the program; the code for that is loaded where it is wanted. */
async function proxyGate(settings: ProxySettings): Promise<Gate> {
  const { Proxy } = await import('../../serve/proxy/proxy.js');
  try {
    return (await Proxy.listen(settings)).gate;
  } catch (error) {
    throw portError(settings.port, 'proxy.port', error);
  }
}

export default executor;
