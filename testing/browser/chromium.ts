import { createRequire } from 'node:module';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { chromium, type Browser } from 'playwright-core';

import { mustRun } from '../workspace/command.js';
import { temporaryFolder } from '../workspace/temporary-folder.js';

const PACKAGE = '@sparticuz/chromium';
/** Where Chrome is on systems that the npm package has no browser for. */
const INSTALLED = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/usr/bin/google-chrome',
  '/usr/bin/chromium',
];

interface Program {
  readonly path: string;
  readonly libraries?: string;
}

/**
 * A browser: Chromium from an npm package, which needs nothing of the system but the C library. On systems other than
 * Linux on x64 it is the installed Chrome.
 *
 * @returns undefined where there is none. On CI that is an error: a test is not left out there.
 */
export async function startChromium(): Promise<Browser | undefined> {
  const program = await chromiumProgram();
  if (!program) {
    const problem = `No browser: ${PACKAGE} has none for ${process.platform} ${process.arch}, and Chrome is not installed.`;
    if (process.env['CI']) throw new Error(problem);
    process.stderr.write(`${problem} The tests of the page are left out.\n`);
    return undefined;
  }
  const { path, libraries } = program;
  return chromium.launch({
    executablePath: path,
    // Root has no sandbox, and the page that is shown is our own.
    args: ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none'],
    env: { ...variables(), ...(libraries ? { LD_LIBRARY_PATH: libraries } : {}) },
  });
}

function variables(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).flatMap(([name, value]) => (value ? [[name, value]] : [])));
}

async function chromiumProgram(): Promise<Program | undefined> {
  if (process.platform === 'linux' && process.arch === 'x64') return unpacked();
  const path = INSTALLED.find((file) => existsSync(file));
  return path === undefined ? undefined : { path };
}

/** Unpacked once for each version, and kept for the next run. */
async function unpacked(): Promise<Program> {
  const entry = createRequire(import.meta.url).resolve(PACKAGE);
  const { version } = JSON.parse(readFileSync(join(entry, '../../../package.json'), 'utf8')) as { version: string };
  const folder = join(temporaryFolder('browsers'), `chromium-${version}`);
  if (!existsSync(folder)) {
    const unfinished = mkdtempSync(`${folder}-`);
    // The package writes into the temporary folder, and the libraries only for what it takes for Amazon's Linux.
    const env = { PATH: process.env['PATH'] ?? '', TMPDIR: unfinished, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' };
    const code = `const packed = require(${JSON.stringify(entry)});
      packed.setGraphicsMode = false;
      packed.executablePath();`;
    await mustRun(process.execPath, ['--eval', code], unfinished, env);
    keep(unfinished, folder);
  }
  return { path: join(folder, 'chromium'), libraries: join(folder, 'al2023', 'lib') };
}

function keep(unfinished: string, folder: string): void {
  try {
    renameSync(unfinished, folder);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    // Another process was faster.
    if (!existsSync(folder)) throw error;
  }
}
