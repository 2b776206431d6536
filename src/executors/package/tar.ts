import { gzipSync } from 'fflate';
import { pack, type Pack } from 'tar-stream';

import { inOrder, modeOf, type ArchiveEntry } from './archive-entry.js';

/** All entries are dated 1 January 1970, UTC. */
const EPOCH = new Date(0);

/** An empty directory of an archive. */
export interface ArchiveDirectory {
  readonly path: string;
  readonly mode: number;
}

/**
 * A tar archive of the entries, with the directories above them where `withParents` (a container's file system
 * wants each of them named) and those given. All belong to root and have one date, so equal entries give equal bytes.
 */
export async function tar(
  entries: readonly ArchiveEntry[],
  { directories = [], withParents = false }: { directories?: readonly ArchiveDirectory[]; withParents?: boolean } = {},
): Promise<Buffer> {
  const archive = pack();
  const bytes = collect(archive);
  const parents = withParents ? entries.flatMap(({ path }) => parentsOf(path)) : [];
  const modes = new Map(parents.map((path) => [path, 0o755]));
  for (const { path, mode } of directories) modes.set(path, mode);
  for (const [name, mode] of [...modes].sort(([a], [b]) => (a < b ? -1 : 1))) {
    archive.entry({ name: `${name}/`, type: 'directory', mode, mtime: EPOCH });
  }
  for (const entry of inOrder(entries)) {
    archive.entry({ name: entry.path, mode: modeOf(entry), mtime: EPOCH }, Buffer.from(entry.content));
  }
  archive.finalize();
  return bytes;
}

/** Compresses so that equal bytes in are equal bytes out on every machine, see {@link zip}. */
export function gzip(content: Uint8Array): Uint8Array {
  return gzipSync(content, { mtime: 0, level: 6 });
}

async function collect(archive: Pack): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of archive) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function parentsOf(path: string): string[] {
  const names = path.split('/').slice(0, -1);
  return names.map((_, index) => names.slice(0, index + 1).join('/'));
}
