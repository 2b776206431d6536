import { dirname, isAbsolute, resolve } from 'node:path';

/** What `go vet` said at one place: a finding, or all that the compiler said of a package. */
export interface VetBlock {
  /** Absolute directory of the file it is about. */
  readonly dir: string | undefined;
  /** Import path in the header, where there is one. */
  readonly importPath: string | undefined;
  /** Whether a package did not compile, so that nothing that imports it could be checked. */
  readonly compileError: boolean;
  readonly text: string;
}

const POSITION = /^(?:vet: )?((?:[A-Za-z]:)?[^\s:][^:\n]*\.[A-Za-z]+):\d+/;

/**
 * Reads the text that `go vet` prints. Findings name a file, under a header from some versions of go and without one
 * from others; compile errors have the header `# import/path`, type errors that vet itself met a second one in
 * brackets. What belongs to no place (downloads, load errors) is left out.
 */
export function parseVetOutput(output: string, cwd: string): VetBlock[] {
  const blocks: OpenBlock[] = [];
  for (const line of output.split('\n')) {
    const last = blocks.at(-1);
    const path = POSITION.exec(line)?.[1];
    const dir = path === undefined ? undefined : dirname(isAbsolute(path) ? path : resolve(cwd, path));
    if (line.startsWith('# [') && last && last.lines === 0) last.text += `${line}\n`;
    else if (line.startsWith('# ')) blocks.push({ header: line, dir: undefined, text: `${line}\n`, lines: 0 });
    // Go prints a header and what is under it in one piece, so the first line is surely of the header's package.
    else if (last && (last.lines === 0 || (dir !== undefined && dir === last.dir))) append(last, line, dir);
    else if (dir !== undefined) blocks.push({ header: undefined, dir, text: `${line}\n`, lines: 1 });
    else if (last && /^\s+\S/.test(line)) append(last, line, undefined);
  }
  return blocks.map(({ header, dir, text }) => ({
    dir,
    importPath: /^# ([^[\s]+)/.exec(header ?? '')?.[1],
    compileError: header !== undefined && !/^# \[/m.test(text),
    text,
  }));
}

interface OpenBlock {
  readonly header: string | undefined;
  dir: string | undefined;
  text: string;
  /** How many lines there are under the header. */
  lines: number;
}

function append(block: OpenBlock, line: string, dir: string | undefined): void {
  block.text += `${line}\n`;
  block.lines++;
  block.dir ??= dir;
}
