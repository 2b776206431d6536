/**
 * The records of `go list -json` and its like, which come one after another without commas, each ending in a line `}`.
 *
 * @throws SyntaxError when the last one is cut off.
 */
export function parseJsonRecords<T>(stdout: string): T[] {
  const texts = stdout.split(/^\}$/m);
  const rest = texts.pop()?.trim();
  if (rest) throw new SyntaxError(`The output of go ends within a record: ${rest.slice(0, 100)}`);
  return texts.map((text) => JSON.parse(`${text}}`) as T);
}
