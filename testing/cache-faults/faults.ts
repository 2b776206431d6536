import { appendFileSync, chmodSync, lstatSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { outputFiles } from '../../src/seals/output-files.js';
import { generateKeys, publicKey, signed, signingKey } from '../../src/seals/signing-keys.js';
import type { Random } from '../random/random.js';
import { copyOutputs, type CachedTask } from './sealed-entry.js';

/** An entry that is to be damaged, and another task's of the same kind. */
export interface Victim {
  readonly task: CachedTask;
  /** Where the entry lies. */
  readonly folder: string;
  readonly other: CachedTask;
  /** Where the other task's entry lies, untouched. */
  readonly otherFolder: string;
  readonly random: Random;
}

/** @returns false where the entry has nothing that could be damaged in this way. */
export type Fault = (victim: Victim) => boolean;

/** What can be wrong with an entry, whoever vouches for it. */
export const FAULTS: Readonly<Record<string, Fault>> = {
  'changed bytes': (victim) =>
    onFile(victim, (path, { random }) => {
      const content = readFileSync(path);
      const at = random.below(content.length);
      content[at] = (content[at] ?? 0) ^ (1 + random.below(255));
      writeFileSync(path, content);
    }),
  'a file that is cut': (victim) =>
    onFile(victim, (path, { random }) => truncateSync(path, random.below(lstatSync(path).size))),
  'an empty file': (victim) => onFile(victim, (path) => truncateSync(path, 0)),
  'appended bytes': (victim) =>
    onFile(victim, (path, { random }) => appendFileSync(path, Buffer.alloc(1 + random.below(64), random.below(256)))),
  "another task's file": (victim) => {
    const [own, other] = [filesOf(victim.task, victim.folder), filesOf(victim.other, victim.otherFolder)];
    const path = victim.random.pick(own);
    const stranger = other[own.indexOf(path ?? '')];
    if (path === undefined || stranger === undefined) return false;
    writeFileSync(join(victim.folder, path), readFileSync(join(victim.otherFolder, stranger)));
    return true;
  },
  "another task's entry": (victim) => {
    removeAll(victim);
    copyOutputs(victim.other, victim.otherFolder, victim.folder);
    return true;
  },
  "another task's entry at the places of this one": (victim) => {
    const outputs = outputFiles(victim.folder, victim.task.outputs);
    const other = outputFiles(victim.otherFolder, victim.other.outputs);
    for (const [index, { path }] of outputs.entries()) {
      writeFileSync(join(victim.folder, path), readFileSync(join(victim.otherFolder, other[index]?.path ?? '')));
    }
    return true;
  },
  'a missing output': (victim) => {
    const path = victim.random.pick(outputFiles(victim.folder, victim.task.outputs))?.path;
    rmSync(join(victim.folder, path ?? ''));
    return true;
  },
  'nothing at all': (victim) => {
    removeAll(victim);
    return true;
  },
  'other permissions': (victim) =>
    onFile(victim, (path, { random }) => {
      const mode = lstatSync(path).mode & 0o777;
      const others = [0o000, 0o100, 0o200, 0o400, 0o444, 0o500, 0o600, 0o644, 0o700, 0o755];
      chmodSync(path, random.pick(others.filter((one) => (one & 0o700) !== (mode & 0o700))) ?? 0);
    }),
  'another seal': (victim) => onSeal(victim, changedText),
};

/** What can be wrong with the signature of an entry, all else being right. */
export const SIGNATURE_FAULTS: Readonly<Record<string, Fault>> = {
  'no signature': (victim) => onSeal(victim, (text) => text.replace(/^ed25519 .*\n/m, '')),
  "a stranger's signature": (victim) =>
    onSeal(victim, (text) => {
      const key = signingKey({ NX_GOPHER_SIGNING_KEY: generateKeys().privateKey });
      const [body = ''] = text.split('\n');
      return key ? `${body}\ned25519 ${signed(body, key)}\n` : text;
    }),
  'a damaged signature': (victim) =>
    onSeal(victim, (text) => {
      const [body = '', line = ''] = text.split('\n');
      const signature = Buffer.from(line.split(' ')[1] ?? '', 'base64');
      const at = victim.random.below(signature.length);
      signature[at] = (signature[at] ?? 0) ^ (1 + victim.random.below(255));
      return `${body}\ned25519 ${signature.toString('base64')}\n`;
    }),
  'the signature of another seal': (victim) =>
    onSeal(victim, (text) => {
      const seal = victim.other.outputs.at(-1) ?? '';
      const stranger = readFileSync(join(victim.otherFolder, seal), 'utf8').split('\n')[1] ?? '';
      return `${text.split('\n')[0] ?? ''}\n${stranger}\n`;
    }),
  'what was signed before it was changed': (victim) => {
    const changed = onFile(victim, (path) => appendFileSync(path, 'x'));
    return onSeal(victim, (text) => text.replace(/"size":(\d+)/, (_, size) => `"size":${Number(size) + 1}`)) && changed;
  },
};

/** A pair of keys, and the public one read. */
export function keys() {
  const pair = generateKeys();
  const read = publicKey(pair.publicKey);
  if (!read) throw new Error('no key');
  return { ...pair, read };
}

function changedText(text: string, { random, other, otherFolder }: Victim): string {
  const [body = '', ...stamps] = text.split('\n');
  const at = random.below(body.length);
  const code = (body.charCodeAt(at) - 32 + 1 + random.below(94)) % 95;
  const changes = [
    () => body.slice(0, at) + String.fromCharCode(32 + code) + body.slice(at + 1),
    () => body.slice(0, at),
    () => '',
    () => body.slice(0, at) + body.slice(at + 1),
    () => readFileSync(join(otherFolder, other.outputs.at(-1) ?? ''), 'utf8').split('\n')[0] ?? '',
  ];
  return [random.pick(changes)?.() ?? '', ...stamps].join('\n');
}

function filesOf({ outputs }: CachedTask, folder: string): string[] {
  return outputFiles(folder, outputs.slice(0, -1)).map(({ path }) => path);
}

function onFile(victim: Victim, damage: (path: string, victim: Victim) => void): boolean {
  const paths = filesOf(victim.task, victim.folder).map((path) => join(victim.folder, path));
  const path = victim.random.pick(paths.filter((one) => lstatSync(one).size > 0));
  if (path === undefined) return false;
  damage(path, victim);
  return true;
}

function onSeal(victim: Victim, change: (text: string, victim: Victim) => string): boolean {
  const path = join(victim.folder, victim.task.outputs.at(-1) ?? '');
  const before = readFileSync(path, 'utf8');
  const after = change(before, victim);
  writeFileSync(path, after);
  return after !== before;
}

function removeAll({ task, folder }: Victim): void {
  for (const { path } of outputFiles(folder, task.outputs)) rmSync(join(folder, path));
}
