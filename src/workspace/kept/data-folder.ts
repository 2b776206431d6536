import { isAscii } from 'node:buffer';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Nx's folder for what belongs to the workspace and may be deleted at any time. */
export class DataFolder {
  constructor(private readonly folder: string) {}

  /** The text of a file; nothing where there is none. */
  read(name: string): string | undefined {
    try {
      const content = readFileSync(join(this.folder, name));
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
  write(name: string, text: () => string): void {
    const path = join(this.folder, name);
    const temporary = `${path}.${process.pid}`;
    try {
      mkdirSync(this.folder, { recursive: true });
      writeFileSync(temporary, text());
      renameSync(temporary, path);
    } catch (error) {
      rmSync(temporary, { force: true });
      process.stderr.write(`nx-gopher: cannot keep results for the next run: ${(error as Error).message}\n`);
    }
  }
}
