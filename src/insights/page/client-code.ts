import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What the page runs in the browser, and how it looks. */
export interface ClientCode {
  readonly script: string;
  readonly style: string;
}

let bundled: ClientCode | undefined;

/**
 * The code of the page.
 *
 * The build (scripts/build.mjs) puts the bundled code in place of this file: the package holds neither the sources nor
 * the libraries.
 */
export function clientCode(): ClientCode {
  bundled ??= JSON.parse(
    execFileSync(process.execPath, [fileURLToPath(new URL('../../../scripts/page-code.mjs', import.meta.url))], {
      encoding: 'utf8',
      maxBuffer: 16 * 1024 * 1024,
    }),
  ) as ClientCode;
  return bundled;
}
