import type { Socket } from 'node:net';

import type { BuildExecutorOptions } from '../../executors/build/schema.js';
import type { ServedFunction } from '../lambda/function-ports.js';

/** Whether programs are built without go where that can be; `verify` checks them against what go makes. */
export type FastPathOption = boolean | 'verify';

/** A main package that one process serves, as the leader has to know it. Paths are relative to the workspace's root. */
export interface ServedMain {
  /** The id of its task, e.g. `orders:serve`. */
  readonly id: string;
  readonly project: string;
  /** The project's root, which holds the main package. */
  readonly root: string;
  /** The options of its build target, with variables filled in. */
  readonly build: BuildExecutorOptions;
  /** What its environment files set of the variables that go reads: mains that differ in nothing else share a build. */
  readonly goVariables: Readonly<Record<string, string>>;
  /** Whether it is built for a debugger. */
  readonly debug: boolean;
  /** Whether it is built without go where that can be. */
  readonly fastPath: FastPathOption;
  /** The Lambda function that it is. */
  readonly lambda?: ServedFunction;
  /** Files that set environment variables, whether they are there or not. */
  readonly environmentFiles: readonly string[];
}

/** What a member tells the leader. */
export interface Joining {
  readonly join: ServedMain;
}

/** Asks the leader for the function of a project; whoever asks need not be a member. */
export interface Asking {
  readonly find: string;
}

/** What the leader tells a member of its main. */
export type Notice =
  /** A file of the program has changed, and a build begins. */
  | { readonly type: 'building'; readonly reasons: readonly string[] }
  /** The build has succeeded; the program may be the same. */
  | { readonly type: 'built'; readonly file: string; readonly text: string; readonly environment: boolean }
  | { readonly type: 'failed'; readonly text: string }
  /** A file that sets environment variables has changed. */
  | { readonly type: 'environment'; readonly reasons: readonly string[] }
  /** A change that does not concern the program, and why. */
  | { readonly type: 'ignored'; readonly reasons: readonly string[] }
  /** The port takes invocations of the function. */
  | { readonly type: 'listening' }
  /** Where the function that was asked for takes its invocations, if it is served. */
  | { readonly type: 'found'; readonly endpoint?: number | undefined }
  /** How it was built, for whoever asks for more. */
  | { readonly type: 'detail'; readonly text: string }
  | { readonly type: 'warning'; readonly text: string };

/** Sends a message, as JSON on a line. */
export function send(socket: Socket, message: Joining | Asking | Notice): void {
  if (!socket.destroyed) socket.write(`${JSON.stringify(message)}\n`);
}

/** Hands over each message that comes. */
export function receive<Message extends Joining | Asking | Notice>(
  socket: Socket,
  on: (message: Message) => void,
): void {
  let rest = '';
  socket.setEncoding('utf8');
  socket.on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) on(JSON.parse(line) as Message);
  });
}
