import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';

import { listening, LOOPBACK } from '../proxy/listening.js';
import { portError } from '../proxy/port-error.js';
import { calledFunction, functionCalled, unknownFunction, type NamedFunction } from './function-name.js';
import { refuse } from './refusal.js';

/** A function, and where the process that serves it takes its invocations. */
export interface ServedFunction extends NamedFunction {
  /** The port that functions share. */
  readonly port: number;
  /** The port that is the function's own. */
  readonly endpoint: number;
}

/** Whoever serves a function. */
export interface FunctionOwner {
  /** The shared port takes invocations from now on. */
  listening(): void;
  warn(text: string): void;
}

/** Milliseconds between two tries to listen on a port that another program has. */
const AGAIN = 500;
const TRIED = 'It is tried again until it is free.';

/** Takes the invocations of all functions of a workspace on the ports that they share, and hands them on. */
export class FunctionPorts {
  readonly #ports = new Map<number, SharedPort>();

  /** @returns what ends it. */
  add(served: ServedFunction, owner: FunctionOwner): () => void {
    let port = this.#ports.get(served.port);
    if (!port) this.#ports.set(served.port, (port = new SharedPort(served.port)));
    port.add(served, owner);
    return () => {
      if (port.delete(served)) this.#ports.delete(served.port);
    };
  }

  /** Where the function of a project takes its invocations; undefined when none is served. */
  endpointOf(project: string): number | undefined {
    return [...this.#ports.values()].map((port) => port.endpointOf(project)).find((endpoint) => endpoint !== undefined);
  }

  close(): void {
    for (const port of this.#ports.values()) port.close();
    this.#ports.clear();
  }
}

class SharedPort {
  readonly #functions = new Map<ServedFunction, FunctionOwner>();
  #server: Server | undefined;
  #timer: NodeJS.Timeout | undefined;
  #problem: string | undefined;
  #isOver = false;

  constructor(private readonly port: number) {
    void this.#listen(1);
  }

  add(served: ServedFunction, owner: FunctionOwner): void {
    const { name, project } = served;
    const other = [...this.#functions.keys()].find((one) => one.name === name && one.project !== project);
    if (other)
      owner.warn(
        `Two functions are called ${name}, those of ${other.project} and of ${project}: invocations of ${name} go to ` +
          `the first. Call this one ${project}, or give it another name (option lambda.name).`,
      );
    this.#functions.set(served, owner);
    if (this.#server) owner.listening();
    else if (this.#problem !== undefined) owner.warn(this.#problem);
  }

  endpointOf(project: string): number | undefined {
    return [...this.#functions.keys()].find((one) => one.project === project)?.endpoint;
  }

  /** @returns whether it was the last: the port is then free again. */
  delete(served: ServedFunction): boolean {
    this.#functions.delete(served);
    if (this.#functions.size > 0) return false;
    this.close();
    return true;
  }

  close(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#server?.close();
    this.#server?.closeAllConnections();
  }

  /** A leader that goes may hold the port for a moment still; another program holds it for as long as it likes. */
  async #listen(tries: number): Promise<void> {
    const server = createServer((request, response) => this.#pass(request, response));
    server.requestTimeout = 0;
    try {
      await listening(server, this.port);
      this.#server = server;
      if (this.#isOver) return this.close();
      for (const owner of this.#functions.values()) owner.listening();
    } catch (error) {
      if (this.#isOver) return;
      if (tries === 2) this.#tell(`${portError(this.port, 'lambda.port', error).message.trimEnd()} ${TRIED}`);
      this.#timer = setTimeout(() => void this.#listen(tries + 1), AGAIN);
    }
  }

  #tell(problem: string): void {
    this.#problem = problem;
    for (const owner of this.#functions.values()) owner.warn(problem);
  }

  #pass(request: IncomingMessage, response: ServerResponse): void {
    const given = calledFunction(request.url ?? '');
    const served = given === undefined ? first(this.#functions.keys()) : functionCalled(given, this.#functions.keys());
    if (!served) {
      request.resume();
      const message = unknownFunction(given ?? '', this.#functions.keys());
      return refuse(response, 404, 'ResourceNotFoundException', message);
    }
    const { method, url, headers } = request;
    const passed = httpRequest({ host: LOOPBACK, port: served.endpoint, method, path: url, headers, agent: false });
    passed.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.on('error', () => response.destroy());
      answer.pipe(response);
    });
    passed.on('error', () => {
      if (response.headersSent) return void response.destroy();
      refuse(response, 502, 'ServiceException', `The process that serves ${served.name} has gone.`);
    });
    request.on('error', () => passed.destroy());
    response.on('close', () => passed.destroy());
    request.pipe(passed);
  }
}

function first<Item>(items: Iterable<Item>): Item | undefined {
  for (const item of items) return item;
  return undefined;
}
