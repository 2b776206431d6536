import { posix } from 'node:path';

/** Where seals lie: in no directory that a target writes to, and hidden where `dist` is looked at or shipped. */
const FOLDER = 'dist/.nx-gopher';

/**
 * Where the seal of a target lies, relative to the workspace's root. No two targets share one: a file's name begins
 * with an underscore, and no project lies in a directory that does.
 *
 * @param root the project's directory, `.` at the workspace's root.
 */
export function sealPath(root: string, target: string): string {
  return posix.join(FOLDER, root, `_${encodeURIComponent(target)}.seal`);
}

/** The seal among the outputs of a task; undefined where the outputs that a project declares have replaced it. */
export function sealAmong(outputs: readonly string[]): string | undefined {
  return outputs.find((output) => output.startsWith(`${FOLDER}/`) && /\/_[^/]*\.seal$/.test(output));
}
