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
  const blocks: { dir?: string; headers: string[]; text: string }[] = [];
  let headers: string[] = [];
  for (const line of output.split('\n')) {
    const last = blocks.at(-1);
    const path = POSITION.exec(line)?.[1];
    if (line.startsWith('# ')) {
      // The second header of a pair goes on; any other begins anew.
      headers = /^# \[/.test(line) ? [...headers, line] : [line];
    } else if (path !== undefined) {
      const dir = dirname(isAbsolute(path) ? path : resolve(cwd, path));
      if (last?.dir === dir && last.headers === headers) last.text += `${line}\n`;
      else blocks.push({ dir, headers, text: [...headers, line, ''].join('\n') });
    } else if (headers.length > 0 && last?.headers !== headers && line !== '') {
      // The linker and cgo name no file.
      blocks.push({ headers, text: [...headers, line, ''].join('\n') });
    } else if (last && /^\s+\S/.test(line)) {
      last.text += `${line}\n`;
    } else {
      headers = [];
    }
  }
  return blocks.map(({ dir, headers: heads, text }) => ({
    dir,
    importPath: /^# ([^[\s]+)/.exec(heads[0] ?? '')?.[1],
    compileError: heads.length === 1,
    text,
  }));
}
