import type { Socket } from 'node:net';

import { meet } from './meet/meeting.js';
import { receive, send, type Notice, type ServedMain } from './meet/messages.js';
import type { BuiltProgram } from './restart/built-program.js';

/** What one process serves. */
export interface Served {
  readonly workspaceRoot: string;
  /** Where the processes of the workspace meet. */
  readonly address: string;
  readonly main: ServedMain;
  readonly runner: BuiltProgram;
  readonly verbose: boolean;
  /** Called when the leader takes invocations of the function that it is. */
  readonly onListening?: () => void;
  /** Prints a line for the user. */
  readonly say: (line: string) => void;
}

/** Most changed files that are named one by one. */
const MOST = 5;

/** Serves one program: joins the leader, or leads, and does as it says until this process ends. */
export class Member {
  /** What the leader has said is done one after the other. */
  #work: Promise<void> = Promise.resolve();
  #reasons: readonly string[] = [];

  constructor(private readonly served: Served) {}

  /** Does not return: another leader follows one that has gone. */
  async serve(): Promise<never> {
    const { address, workspaceRoot, main } = this.served;
    for (;;) {
      const socket = await meet(address, async () => {
        const { Leader } = await import('./lead/leader.js');
        return (server) => void new Leader(workspaceRoot, server);
      });
      receive<Notice>(socket, (notice) => this.#hear(notice));
      send(socket, { join: main });
      await closed(socket);
    }
  }

  #hear(notice: Notice): void {
    const { runner, say, verbose } = this.served;
    switch (notice.type) {
      case 'building':
        this.#name(notice.reasons);
        this.#reasons = notice.reasons;
        return runner.hold();
      case 'ignored':
        if (verbose) this.#name(notice.reasons, 'ignored ');
        return;
      case 'detail':
        if (verbose) say(notice.text);
        return;
      case 'listening':
        return this.served.onListening?.();
      case 'warning':
        return say(notice.text);
      case 'environment':
        this.#name(notice.reasons);
        return this.#then(() => runner.renew());
      case 'failed':
        return this.#then(() => runner.refuse(notice.text));
      case 'built': {
        const { file, text, environment } = notice;
        if (text.trim() !== '') process.stderr.write(text);
        const isAsked = this.#reasons.length > 0;
        return this.#then(() => runner.take(file, { isAsked, environment }));
      }
    }
  }

  #name(reasons: readonly string[], head = ''): void {
    for (const reason of reasons.slice(0, MOST)) this.served.say(head + reason);
    if (reasons.length > MOST) this.served.say(`${head}… and ${reasons.length - MOST} more files`);
  }

  #then(act: () => Promise<void>): void {
    this.#work = this.#work.then(act).catch((error: unknown) => this.served.say(String(error)));
  }
}

function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    socket.on('error', () => undefined);
    socket.on('close', () => resolve());
  });
}
