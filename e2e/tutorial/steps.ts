/** Commands of a document, and what it says that they print. */
export interface Step {
  /** Where the commands begin in the document, from 1. */
  readonly line: number;
  readonly commands: string;
  readonly prints: readonly string[];
}

/** Reads each `sh` block of a Markdown document, and the `text` block that follows it before the next one. */
export function readSteps(markdown: string): Step[] {
  const steps: { line: number; commands: string; prints: string[] }[] = [];
  const blocks = markdown.matchAll(/^```(sh|text)\n([\s\S]*?)^```$/gm);
  for (const { 1: language, 2: content = '', index } of blocks) {
    const line = markdown.slice(0, index).split('\n').length + 1;
    if (language === 'sh') steps.push({ line, commands: content, prints: [] });
    else steps.at(-1)?.prints.push(...content.split('\n').filter((text) => text.trim() !== ''));
  }
  return steps;
}

/**
 * The first line that a document says is printed and is not; undefined when all are, in this order. Between two of them
 * others may have been printed. Times, and how Nx says where a result comes from, differ from run to run.
 */
export function missingLine(prints: readonly string[], output: string): string | undefined {
  const printed = output.split('\n').map(comparable);
  let from = 0;
  for (const line of prints) {
    const at = printed.indexOf(comparable(line), from);
    if (at < 0) return line;
    from = at + 1;
  }
  return undefined;
}

function comparable(line: string): string {
  return line
    .replace(/\d+(\.\d+)?\s?m?s\b/g, '0s')
    .replace(/\s+/g, ' ')
    .trim();
}
