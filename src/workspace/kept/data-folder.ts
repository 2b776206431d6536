import { isAscii } from 'node:buffer';
import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';

import { readRegularFile } from '../../files.js';

/** The files from which a graph is computed again. The folder holds those of others, too. */
const OF_GRAPH = ['nx-gopher-files.json', 'nx-gopher-listings.json', 'nx-gopher-inference.json'] as const;
/** What runs leave for later ones: which tasks ran, and what is compiled. */
type Name = (typeof OF_GRAPH)[number] | 'nx-gopher-runs.json' | 'nx-gopher-warm.json';

/**
 * Nx's folder for what belongs to the workspace and may be deleted at any time. Each file begins with a line that
 * holds a checksum of the rest: what a disk, an editor or a program that was stopped has changed is as good as none.
 */
export class DataFolder {
  constructor(private readonly folder: string) {}

  /** The text of a file as it was written; nothing where there is none, or another one. */
  read(name: Name): string | undefined {
    try {
      const file = readRegularFile(join(this.folder, name));
      const end = file.indexOf('\n');
      const content = file.subarray(end + 1);
      if (end < 0 || file.toString('latin1', 0, end) !== checksum(content)) return undefined;
      // Decoding UTF-8 would take longer than all else that is done with tens of megabytes of JSON.
      return content.toString(isAscii(content) ? 'latin1' : 'utf8');
    } catch {
      return undefined;
    }
  }

  /**
   * Writes by rename, so that two Nx processes at a time leave a whole file behind. A folder that cannot be written
   * costs time at the next graph, not the graph; nor does a text too long for a string.
   */
  write(name: Name, text: () => string): void {
    const path = join(this.folder, name);
    const temporary = `${path}.${process.pid}`;
    try {
      const content = Buffer.from(text());
      mkdirSync(this.folder, { recursive: true });
      writeFileSync(temporary, Buffer.concat([Buffer.from(`${checksum(content)}\n`), content]));
      renameSync(temporary, path);
    } catch (error) {
      rmSync(temporary, { force: true });
      process.stderr.write(`nx-gopher: cannot keep results for the next run: ${(error as Error).message}\n`);
    }
  }

  /** Deletes what a graph is computed again from, and nothing that runs leave. @returns whether there was anything. */
  forget(): boolean {
    try {
      const files = readdirSync(this.folder).filter((name) => OF_GRAPH.some((one) => one === name));
      for (const file of files) rmSync(join(this.folder, file), { force: true });
      return files.length > 0;
    } catch {
      return false;
    }
  }
}

/** CRC-32: it tells each change of up to 32 bits in a row for certain, in half the time of a digest. */
function checksum(content: Buffer): string {
  return `crc32 ${crc32(content).toString(16).padStart(8, '0')} ${content.length}`;
}
