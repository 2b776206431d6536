import type { AddressInfo } from 'node:net';

import { tellReady } from '../../nx/ready-signal.js';
import type { ServedMain } from '../meet/messages.js';
import { Endpoint } from './endpoint.js';
import { API, FUNCTION_URL } from './function-name.js';
import type { ServedFunction } from './function-ports.js';
import { functionSettings, type LambdaSettings } from './function-settings.js';
import { LambdaFunction, type FunctionSettings } from './function.js';

/** A function whose invocations are taken from now on. */
export interface FunctionServed {
  readonly runner: LambdaFunction;
  readonly lambda: ServedFunction;
  readonly onListening: () => void;
}

/**
 * Takes invocations of a function from now on, on a port of its own, to which the leader hands on those that come by
 * the port that functions share. They wait until it is built.
 */
export async function serveLambda(
  settings: LambdaSettings,
  main: Pick<ServedMain, 'project' | 'root'>,
  common: Pick<FunctionSettings, 'command' | 'cwd' | 'environment' | 'grace' | 'say'>,
): Promise<FunctionServed> {
  const { project } = main;
  const { name, port, timeout, memory } = functionSettings(settings, main);
  const url = `http://127.0.0.1:${port}`;
  let onListening = (): void => undefined;
  const isListening = new Promise<void>((resolve) => (onListening = resolve));
  const tell = async (): Promise<void> => {
    await isListening;
    common.say(`Lambda function ${name}: ${url}${API}${name}/invocations and ${url}${FUNCTION_URL}${name}/`);
    await tellReady(url);
  };
  // Another build may be ready before the port is.
  const onReady = async (): Promise<void> => void tell();
  const runner = new LambdaFunction({ ...common, name, timeout, memory, onReady });
  const server = await Endpoint.listen(0, { name, project }, runner);
  const { port: endpoint } = server.address() as AddressInfo;
  return { runner, lambda: { name, project, port, endpoint }, onListening };
}
