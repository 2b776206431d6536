import { createInterface } from 'node:readline/promises';

/**
 * Asks in the terminal; undefined where nobody can answer: in CI, without a terminal, or under `--no-interactive`.
 * For what only some runs need to know; a prompt of the schema would ask in each.
 *
 * @param fallback what an empty answer means.
 */
export async function ask(question: string, fallback?: string): Promise<string | undefined> {
  const interactive = process.env['NX_INTERACTIVE'] === 'true' && !process.env['CI'];
  if (!interactive || !process.stdin.isTTY || !process.stdout.isTTY) return undefined;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const answer = await terminal.question(`${question}${fallback ? ` [${fallback}]` : ''}: `);
    return answer.trim() || fallback;
  } finally {
    terminal.close();
  }
}
