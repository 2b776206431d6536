import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import { mustRun } from './command.js';
import { environment } from './environment.js';
import { temporaryFolder } from './temporary-folder.js';

/** A `go` first on PATH that writes down how it was called and hands on to the real one. */
export class RecordingGo {
  private constructor(
    private readonly log: string,
    readonly settings: { readonly PATH: string },
  ) {}

  static async create(): Promise<RecordingGo> {
    const folder = mkdtempSync(join(temporaryFolder('recording'), 'go-'));
    const log = join(folder, 'log');
    const real = (await mustRun('go', ['env', 'GOROOT'], folder, environment())).stdout.trim();
    const script = join(folder, 'go');
    writeFileSync(script, `#!/bin/sh\necho "$@" >> '${log}'\nexec '${real}/bin/go' "$@"\n`);
    chmodSync(script, 0o755);
    return new RecordingGo(log, { PATH: `${folder}${delimiter}${process.env['PATH']}` });
  }

  /** The subcommands of the calls since the last time this was asked, e.g. `['env', 'list']`. */
  calls(): string[] {
    const text = existsSync(this.log) ? readFileSync(this.log, 'utf8') : '';
    rmSync(this.log, { force: true });
    return text
      .split('\n')
      .filter(Boolean)
      .map((line) => line.replace(/^-C \S+ /, '').split(' ')[0] ?? '');
  }
}
