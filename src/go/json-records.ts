/** The records of `go list -json` and its like, which come one after another without commas, each ending in a line `}`. */
export function parseJsonRecords<T>(stdout: string): T[] {
  return stdout.split(/^\}$/m).flatMap((text) => (text.trim() === '' ? [] : [JSON.parse(`${text}}`) as T]));
}
