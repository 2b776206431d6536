import { rm } from 'node:fs/promises';
import { join } from 'node:path';

import { readJsonFile, workspaceRoot } from '@nx/devkit';

import { counted } from '../counted.js';
import type { NamesPlugins } from '../plugin-entries.js';
import { packageSigner } from '../warm/package-signer.js';
import { DirectoryStore } from '../warm/store/directory.js';
import { openStore } from '../warm/store/open-store.js';
import { prune, sizeOf } from '../warm/store/prune.js';
import { verify } from '../warm/store/verify.js';
import { limitsOf, REMOTE_VARIABLE, warmOptions } from '../warm/warm-options.js';

const NO_STORE = 'There is no store of compiled packages: nx.json has no option "warm" of nx-gopher.';

/** Says where compiled packages lie, and how many. @returns the exit code. */
export async function status(): Promise<number> {
  const open = opened();
  if (!open) {
    console.log(NO_STORE);
    return 0;
  }
  const { store, writes } = open;
  console.log(`Store of compiled packages: ${store.name}, ${writes ? 'written and read' : 'read alone'}`);
  if (!(store instanceof DirectoryStore)) return 0;
  const files = await store.files();
  const { maxSize, maxAge } = limits();
  console.log(
    `${counted(files.length, 'package')}, ${megabytes(sizeOf(files))} of ${megabytes(maxSize)}; kept for ${counted(maxAge, 'day')} after the last use`,
  );
  return 0;
}

/** Removes what is too old, or too much. @returns the exit code. */
export async function pruneStore(): Promise<number> {
  const { removed, removedSize, left, leftSize } = await prune(directory(), limits());
  console.log(
    `Removed ${counted(removed, 'package')}, ${megabytes(removedSize)}; ${left} left, ${megabytes(leftSize)}`,
  );
  return 0;
}

/** Reads all compiled packages, and removes those that no run would believe. @returns the exit code: 1 for some. */
export async function verifyStore(): Promise<number> {
  const store = directory();
  const { count, wrong } = await verify(store, packageSigner(nxJson()));
  for (const { path, problem } of wrong) {
    await rm(path, { force: true });
    console.log(`Removed ${path}: ${problem}`);
  }
  console.log(`${counted(count, 'package')} read, ${wrong.length} wrong`);
  return wrong.length > 0 ? 1 : 0;
}

/** The store as it stands in nx.json, whether it is to be used now or not. */
function opened(): ReturnType<typeof openStore> {
  const mode = process.env[REMOTE_VARIABLE] === 'read' ? 'read' : 'write';
  return openStore(warmOptions(nxJson()), workspaceRoot, { ...process.env, [REMOTE_VARIABLE]: mode });
}

function directory(): DirectoryStore {
  const store = opened()?.store;
  if (store instanceof DirectoryStore) return store;
  throw new Error(
    store
      ? `${store.name} is a server: what lies there is its own to look after. This command is for a directory.`
      : NO_STORE,
  );
}

function limits(): ReturnType<typeof limitsOf> {
  return limitsOf(warmOptions(nxJson()));
}

function nxJson(): NamesPlugins {
  return readJsonFile(join(workspaceRoot, 'nx.json'));
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6).toLocaleString('en-US')} MB`;
}
