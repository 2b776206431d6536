import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createStaging, type Staging } from '../../output/staging.js';
import { parseTestReads, type TestReads } from './test-reads.js';

/**
 * Runs a test binary with a log of its own: go starts it in its package's directory, and so the log goes to a directory
 * of that name. The flag stands first, because arguments of the test may follow. `exec` leaves no process
 * between go and the test, so that signals, exit codes and output are as without it.
 */
const SCRIPT = `logs=\${0%/*}/logs$PWD
mkdir -p "$logs" && : >"$logs/test.log" && binary=$1 && shift && exec "$binary" "-test.testlogfile=$logs/test.log" "$@"
`;

/** The logs that the test binaries of one go process write, each of them one, in a temporary directory. */
export class TestLogs {
  readonly #staging: Staging;

  constructor() {
    this.#staging = createStaging(join(tmpdir(), 'nx-gopher-reads'));
    writeFileSync(this.#script, SCRIPT);
  }

  /**
   * The flag of `go test` that makes them. `-args -test.testlogfile` would not do: one path for all packages, and each
   * package's log would have to lie in its directory.
   */
  get flag(): string {
    return `-exec=sh "${this.#script}"`;
  }

  /** What the tests of a package read; undefined when none were run, `incomplete` when they left no complete log. */
  readsOf(packageDir: string): TestReads | 'incomplete' | undefined {
    for (const dir of new Set([packageDir, realpathSync(packageDir)])) {
      const log = join(this.#staging.dir, 'logs', dir, 'test.log');
      if (existsSync(log)) return parseTestReads(readFileSync(log, 'utf8'), dir) ?? 'incomplete';
    }
    return undefined;
  }

  remove(): void {
    this.#staging.remove();
  }

  get #script(): string {
    return join(this.#staging.dir, 'run.sh');
  }
}
