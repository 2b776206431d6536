import { readFile } from 'node:fs/promises';

import { messageOf } from '../../message-of.js';
import { given, type ObjectSigner } from '../package-object.js';
import type { DirectoryStore, StoredFile } from './directory.js';

/** An object that no run would believe. */
export interface WrongObject extends StoredFile {
  readonly problem: string;
}

/** Reads all that lies in a directory as a run would. @returns what is not to be believed, and how much was read. */
export async function verify(
  store: DirectoryStore,
  signer: ObjectSigner,
): Promise<{ readonly count: number; readonly wrong: WrongObject[] }> {
  const files = await store.files();
  const wrong: WrongObject[] = [];
  for (const file of files) {
    try {
      await given(file.key, await readFile(file.path), signer).body();
    } catch (error) {
      wrong.push({ ...file, problem: messageOf(error) });
    }
  }
  return { count: files.length, wrong };
}
