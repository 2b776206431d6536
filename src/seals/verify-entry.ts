import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { CheckedFiles } from './checked-files.js';
import { digestOf } from './digests.js';
import { outputFiles, type OutputFile } from './output-files.js';
import { parseSeal, type Seal, type SealedFile, type SealFile } from './seal.js';
import { sealAmong } from './seal-path.js';
import { trustProblem, type Trust } from './trust.js';

/** What a cache entry, or what was restored from it, has to be. */
export interface ExpectedEntry {
  readonly project: string;
  readonly target: string;
  readonly configuration: string | undefined;
  /** The task's hash; undefined where it is not known. */
  readonly hash: string | undefined;
  /** The outputs that the task declares, its seal among them. */
  readonly outputs: readonly string[];
  /** Whether it came from a remote cache just now. */
  readonly isRemote?: boolean;
}

/** A file whose bytes are to be compared with the digest in its seal. */
interface Pending {
  readonly found: OutputFile;
  readonly sealed: SealedFile;
}

/**
 * Holds what lies in a folder against the seal that lies there, too: it must be the seal of this task, vouched for
 * where trust asks for it, and the files it names, no more and no less, must be there with its sizes, permissions and
 * bytes.
 *
 * @param folder absolute: the entry in Nx's cache, or the workspace's root.
 * @param checked files whose bytes were compared before, where they are kept.
 * @returns what is wrong, undefined when all is right.
 */
export async function entryProblem(
  folder: string,
  expected: ExpectedEntry,
  trust: Trust | undefined,
  checked?: CheckedFiles,
): Promise<string | undefined> {
  const file = readSeal(folder, expected.outputs);
  if (typeof file === 'string') return file;
  const problem = strangerProblem(file.seal, expected) ?? trustProblem(file, trust, expected.isRemote ?? false);
  if (problem) return problem;
  const sealPath = sealAmong(expected.outputs) ?? '';
  const restored = outputFiles(folder, expected.outputs).filter(({ path }) => path !== sealPath);
  const pending = compare(restored, file.seal, outputFiles(folder, [sealPath])[0]);
  if (typeof pending === 'string') return pending;
  // The bytes of what a remote cache has just given are always compared.
  const isKnown = !expected.isRemote && (checked?.has(sealPath) ?? false);
  const unread = pending.filter(({ sealed }) => !isKnown || !checked?.has(sealed.path));
  if (unread.length === 0) return undefined;
  for (const { found: one, sealed } of unread) {
    if (sealed.sha256 !== (await digestOf(join(folder, one.path), one))) return `${sealed.path} holds other bytes`;
  }
  checked?.keep([sealPath, ...pending.map(({ sealed }) => sealed.path)]);
  return undefined;
}

/** The seal among the outputs, or why there is none. */
export function readSeal(folder: string, outputs: readonly string[]): SealFile | string {
  const path = sealAmong(outputs);
  if (path === undefined) return 'its outputs name no seal';
  let text: string;
  try {
    text = readFileSync(join(folder, path), 'utf8');
  } catch {
    return 'it has no seal';
  }
  return parseSeal(text) ?? 'its seal cannot be read';
}

/** Why a seal is another task's. */
export function strangerProblem(seal: Seal, expected: Omit<ExpectedEntry, 'outputs'>): string | undefined {
  const [own, other] = [expected, seal].map(({ project, target, configuration }) =>
    [project, target, ...(configuration ? [configuration] : [])].join(':'),
  );
  if (own !== other) return `its seal is that of ${other}`;
  const isOther = seal.hash !== undefined && expected.hash !== undefined && seal.hash !== expected.hash;
  return isOther ? `its seal is that of another hash (${seal.hash})` : undefined;
}

function compare(restored: readonly OutputFile[], { files }: Seal, seal: OutputFile | undefined): Pending[] | string {
  const present = new Map(restored.map((file) => [file.path, file]));
  const pending: Pending[] = [];
  for (const sealed of files) {
    const file = present.get(sealed.path);
    if (!file) return `${sealed.path} is missing`;
    present.delete(sealed.path);
    if (file.size !== sealed.size) return `${sealed.path} has ${file.size} bytes instead of ${sealed.size}`;
    if (!samePermissions(file.mode, sealed.mode, seal)) {
      return `${sealed.path} has the permissions ${file.mode} instead of ${sealed.mode}`;
    }
    pending.push({ found: file, sealed });
  }
  const [stranger] = present.keys();
  return stranger === undefined ? pending : `${stranger} is none of its files`;
}

/**
 * Whether the owner may do the same with a file. What others may do depends on the umask of whoever restored it.
 * Windows, and file systems on which everything can be executed, the seal itself among it, keep no permissions.
 */
function samePermissions(restored: string, sealed: string, seal: OutputFile | undefined): boolean {
  if (restored === 'link' || sealed === 'link') return restored === sealed;
  if (process.platform === 'win32') return true;
  const [own = 0, wanted = 0] = [restored, sealed].map((mode) => parseInt(mode, 8) & 0o7700);
  const keepsNone = (parseInt(seal?.mode ?? '0', 8) & 0o100) !== 0;
  return keepsNone ? (own & wanted) === wanted : own === wanted;
}
