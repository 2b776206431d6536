import { execa } from 'execa';

/** Where a file changed first: the line from 1, and what it stands in, as git names it. */
export interface ChangedLine {
  readonly line: number;
  readonly within?: string;
}

/**
 * Asks git where a file differs from an earlier content of it. Undefined where git does not have that content: it was
 * never added.
 *
 * @param digest of the earlier content, see `fileDigest`.
 */
export async function changedLine(root: string, path: string, digest: string): Promise<ChangedLine | undefined> {
  if (digest === '') return undefined;
  const args = ['diff', '--no-ext-diff', '--no-color', '-U0', digest, '--', `./${path}`];
  const { stdout, exitCode } = await execa('git', args, { cwd: root, reject: false, stdin: 'ignore' });
  if (exitCode !== 0 || typeof stdout !== 'string') return undefined;
  const hunk = /^@@ -\S+ \+(\d+)\S* @@ ?(.*)\n(?:-.*\n)*(?:\+(.*))?/m.exec(stdout);
  if (!hunk) return undefined;
  // Git names what begins above the change; a change of a function's first line is one in the function.
  const [, line, above, added] = hunk;
  const within = (/^(?:func|type)\b/.test(added ?? '') ? added : above)?.replace(/\s+\{.*$/, '');
  return { line: Number(line), ...(within ? { within } : {}) };
}
