import { posix } from 'node:path';

/** What a test binary's own log says that its tests read. Paths are absolute, with forward slashes. */
export interface TestReads {
  /** Files and directories that were opened, for reading or writing: the log does not tell which. */
  readonly opened: ReadonlySet<string>;
  /** Files and directories that were only looked at: whether they exist, how large they are. */
  readonly examined: ReadonlySet<string>;
  /** Names of environment variables. */
  readonly environment: ReadonlySet<string>;
}

/** The first line of every log, see `testlogMagic` in cmd/go/internal/test. */
const HEADER = '# test log';

/**
 * Reads a log that `-test.testlogfile` made: a line for each call of package os, as `open ../data.json`, relative to
 * the working directory, which `chdir` lines change.
 *
 * @param dir where the test binary started: its package's directory, absolute, with forward slashes.
 * @returns undefined when it is no complete log: the binary was killed, called os.Exit, or its TestMain ran no test.
 */
export function parseTestReads(log: string, dir: string): TestReads | undefined {
  const lines = log.split('\n');
  // The binary writes the log when the tests are over; one cut off does not end with a newline.
  if (lines.shift() !== HEADER || lines.pop() !== '') return undefined;
  const [opened, examined, environment] = [new Set<string>(), new Set<string>(), new Set<string>()];
  let cwd = dir;
  for (const line of lines) {
    const [, action = '', name = ''] = /^(\w+) (.+)$/.exec(line) ?? [];
    if (action === 'getenv') environment.add(name);
    else if (action === 'chdir') cwd = posix.resolve(cwd, name);
    else if (action === 'open') opened.add(posix.resolve(cwd, name));
    else if (action === 'stat') examined.add(posix.resolve(cwd, name));
  }
  return { opened, examined, environment };
}
