import { posix } from 'node:path';

import { tellReady } from '../../nx/ready-signal.js';
import { portError } from '../proxy/port-error.js';
import { Endpoint } from './endpoint.js';
import { LambdaFunction, type FunctionSettings } from './function.js';

/** Option `lambda` of `serve`. */
export interface LambdaSettings {
  readonly port: number;
  readonly name?: string;
  readonly timeout?: number;
  readonly memory?: number;
}

/** Seconds and megabytes that Lambda gives a function unless it is told otherwise. */
const DEFAULTS = { timeout: 3, memory: 128 } as const;

/** Takes invocations of a function from now on; they wait until it is built. @param root of its project. */
export async function serveLambda(
  settings: LambdaSettings,
  root: string,
  common: Pick<FunctionSettings, 'command' | 'cwd' | 'environment' | 'grace' | 'say'>,
): Promise<LambdaFunction> {
  const { port, name = posix.basename(root), timeout = DEFAULTS.timeout, memory = DEFAULTS.memory } = settings;
  const url = `http://127.0.0.1:${port}`;
  const onReady = async (): Promise<void> => {
    common.say(
      `Lambda function ${name}: ${url}/2015-03-31/functions/${name}/invocations and ${url}/lambda-url/${name}/`,
    );
    await tellReady(url);
  };
  const target = new LambdaFunction({ ...common, name, timeout, memory, onReady });
  try {
    await Endpoint.listen(port, name, target);
  } catch (error) {
    throw portError(port, 'lambda.port', error);
  }
  return target;
}
