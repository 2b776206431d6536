import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Program } from '../restart/program.js';
import type { ReadyWhen } from './ready-when.js';

/** Milliseconds between two questions: at first few, and never more than the second. */
const PAUSES = [3, 50] as const;
/** Milliseconds that one question may take. */
const PATIENCE = 2000;
const LOOPBACK = ['127.0.0.1', '::1'] as const;

/** Waits until a program is ready. @returns false when it ends before. */
export async function untilReady(program: Program, when: ReadyWhen, port: number | undefined): Promise<boolean> {
  const checks = [logCheck(program, when.log), portCheck(when.port), urlCheck(when.url, port)];
  for (const check of checks) if (check && !(await repeated(program, check))) return false;
  return !program.hasEnded;
}

/** The address of a path on a program's port, or the URL itself. */
export function readyUrl(url: string, port: number | undefined): string {
  return url.startsWith('/') ? `http://127.0.0.1:${port ?? 80}${url}` : url;
}

type Check = () => Promise<boolean>;

async function repeated(program: Program, check: Check): Promise<boolean> {
  for (let pause: number = PAUSES[0]; !program.hasEnded; pause = Math.min(pause * 1.5, PAUSES[1])) {
    if (await check()) return true;
    await Promise.race([sleep(pause), program.ended]);
  }
  return false;
}

function logCheck(program: Program, text: string | undefined): Check | undefined {
  if (text === undefined) return undefined;
  let seen = false;
  for (const stream of program.output) {
    let tail = '';
    stream.on('data', (chunk: Buffer) => {
      if (seen) return;
      const all = tail + chunk.toString('utf8');
      seen = all.includes(text);
      tail = all.slice(-text.length);
    });
  }
  return async () => seen;
}

function portCheck(port: number | undefined): Check | undefined {
  if (port === undefined) return undefined;
  return async () => (await Promise.all(LOOPBACK.map((host) => takesConnections(host, port)))).includes(true);
}

function urlCheck(url: string | undefined, port: number | undefined): Check | undefined {
  if (url === undefined) return undefined;
  return async () => {
    try {
      const signal = AbortSignal.timeout(PATIENCE);
      const response = await fetch(readyUrl(url, port), { signal, redirect: 'manual' });
      await response.body?.cancel();
      return response.status < 400;
    } catch {
      return false;
    }
  };
}

function takesConnections(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: PATIENCE });
    const end = (isOpen: boolean): void => {
      socket.destroy();
      resolve(isOpen);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
    socket.once('timeout', () => end(false));
  });
}
