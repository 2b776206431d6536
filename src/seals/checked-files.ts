import { lstatSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** By path, what tells a file that was checked from one that was written since. */
type Stamps = Readonly<Record<string, string>>;

/**
 * The files of a cache entry whose bytes were compared with its seal before, so that they need not be read each time.
 * A file that is written again gets another time of change, which nobody can choose.
 *
 * What came with an entry from elsewhere does not count either: it cannot know the times and inodes of this machine.
 */
export class CheckedFiles {
  private readonly stamps: Stamps;
  private readonly path: string;

  /** @param folder that of the entry, absolute. */
  constructor(private readonly folder: string) {
    this.path = join(folder, '.nx-gopher-checked');
    this.stamps = readStamps(this.path);
  }

  has(path: string): boolean {
    return Object.hasOwn(this.stamps, path) && this.stamps[path] === stampOf(join(this.folder, path));
  }

  /** Keeps the files; without a place to write to, they are compared again. */
  keep(paths: readonly string[]): void {
    const stamps = Object.fromEntries(paths.map((path) => [path, stampOf(join(this.folder, path))]));
    try {
      writeFileSync(this.path, JSON.stringify(stamps));
    } catch {
      // A cache that can only be read.
    }
  }
}

function readStamps(path: string): Stamps {
  try {
    return Object(JSON.parse(readFileSync(path, 'utf8'))) as Stamps;
  } catch {
    return {};
  }
}

function stampOf(path: string): string {
  const { ino, size, mtimeNs, ctimeNs } = lstatSync(path, { bigint: true });
  return [ino, size, mtimeNs, ctimeNs].join(' ');
}
