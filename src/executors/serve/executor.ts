import { resolve } from 'node:path';

import type { ExecutorContext, PromiseExecutor } from '@nx/devkit';

import { messageOf } from '../../message-of.js';
import { EnvironmentFiles } from '../../nx/environment-files.js';
import { workspaceDataFolder } from '../../nx/cache-folders.js';
import { tellReady } from '../../nx/ready-signal.js';
import { findDelve, underDelve } from '../../go/process/delve.js';
import { isGoVariable } from '../../workspace/kept/environment-key.js';
import { onLostParent } from '../../serve/lost-parent.js';
import type { Gate } from '../../serve/proxy/gate.js';
import type { ProxySettings } from '../../serve/proxy/proxy.js';
import { Member } from '../../serve/member.js';
import type { FastPathOption } from '../../serve/meet/messages.js';
import { socketAddress } from '../../serve/meet/socket-address.js';
import { Runner, type RunnerSettings } from '../../serve/restart/runner.js';
import { buildTaskOf } from '../program/built-program.js';
import { ownOptions } from '../program/own-options.js';
import { programArguments, wordsOf } from '../program/program-arguments.js';
import { TaskError } from '../task/task-error.js';
import { portError } from '../../serve/proxy/port-error.js';
import { filledTask } from '../task/filled-task.js';
import { singleTask, type GoTask } from '../task/task.js';
import { lambdaOption } from './lambda-option.js';
import type { ServeExecutorOptions } from './schema.js';

/** Seconds that a program gets to end unless an option says otherwise. */
const GRACE = 5;
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
  const { root: workspaceRoot } = context;
  const build = buildTaskOf(task, options.buildTarget ?? 'build', context);
  const environment = environmentOf(task, context);
  const say = (line: string): void => void process.stdout.write(`[nx-gopher] ${line}\n`);
  const { proxy, gate, readyWhen = {} } = options;
  const url = proxy ? `http://localhost:${proxy.port}/` : readyWhen.url?.startsWith('/') ? undefined : readyWhen.url;
  const common = {
    command: options.command,
    cwd: resolve(workspaceRoot, options.cwd ?? task.root),
    environment: () => ({ ...environment.now(), ...options.env }),
    grace: (options.grace ?? GRACE) * 1000,
    say,
  };
  const { id, project, root } = task;
  const lambda = lambdaOption(options, build.targetConfiguration);
  const { runner, ...ofLambda } = lambda
    ? await (await import('../../serve/lambda/serve-lambda.js')).serveLambda(lambda, { name: project, root }, common)
    : { runner: new Runner({ ...common, readyWhen, onReady: () => tellReady(url), ...(gate ? { gate } : {}) }) };
  const set = environment.set();
  const main = {
    id,
    project,
    root,
    build: filledTask({ ...build, dotenv: set }),
    goVariables: Object.fromEntries(Object.entries(set).filter(([name]) => isGoVariable(name))),
    debug: options.debug ?? false,
    fastPath: fastPathOf(options),
    environmentFiles: environment.paths,
    ...('lambda' in ofLambda ? { lambda: ofLambda.lambda } : {}),
  };
  const address = socketAddress(workspaceDataFolder(workspaceRoot));
  const verbose = options.verbose ?? false;
  return new Member({ workspaceRoot, address, main, runner, say, verbose, ...ofLambda }).serve();
}

function fastPathOf({ fastPath = true, verifyFastPath = false }: ServeExecutorOptions): FastPathOption {
  return fastPath && verifyFastPath ? 'verify' : fastPath;
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

function environmentOf(
  { id, project, target, configuration, root }: GoTask,
  { projectGraph, taskGraph, root: workspaceRoot }: ExecutorContext,
): EnvironmentFiles {
  const name = { project, target, ...(configuration === undefined ? {} : { configuration }) };
  const made = { id, target: name, projectRoot: root, overrides: {}, outputs: [], parallelism: true, cache: false };
  return new EnvironmentFiles(taskGraph?.tasks[id] ?? made, projectGraph, workspaceRoot);
}

export default executor;
