import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Where govulncheck looks unless it is told otherwise. */
export const DEFAULT_DATABASE = 'https://vuln.go.dev';

/** Milliseconds that a database on the net gets to say when it was last changed. */
const PATIENCE = 10_000;

/** The address of a database for govulncheck: a directory is taken from the workspace's root. */
export function databaseUrl(database: string, workspaceRoot: string): string {
  return /^(https?|file):\/\//.test(database) ? database : pathToFileURL(resolve(workspaceRoot, database)).href;
}

/**
 * What stands for all that a database says: for a directory a digest of its files, because somebody may have edited one
 * by hand; for one on the net its modification time.
 *
 * @throws Error when it cannot be read.
 */
export async function databaseState(url: string): Promise<string> {
  return url.startsWith('file:') ? directoryDigest(fileURLToPath(url)) : modificationTime(url);
}

async function modificationTime(url: string): Promise<string> {
  const response = await fetch(`${url.replace(/\/$/, '')}/index/db.json`, { signal: AbortSignal.timeout(PATIENCE) });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  const { modified } = (await response.json()) as { readonly modified?: unknown };
  if (typeof modified !== 'string') throw new Error(`index/db.json of ${url} has no modification time`);
  return modified;
}

function directoryDigest(dir: string): string {
  const hash = createHash('sha256');
  readFileSync(join(dir, 'index', 'db.json'));
  for (const folder of ['index', 'ID']) {
    for (const name of readdirSync(join(dir, folder)).sort()) {
      const path = join(dir, folder, name);
      // A named pipe would keep the reader waiting for ever.
      if (!statSync(path).isFile()) continue;
      const content = readFileSync(path);
      hash.update(`${folder}/${name} ${content.length}\n`).update(content);
    }
  }
  return hash.digest('hex');
}
