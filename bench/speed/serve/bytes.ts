import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { runGo } from '../../../src/go/process/command.js';
import { FastBuild } from '../../../src/serve/build/fast/fast-build.js';
import { record } from '../../../src/serve/build/fast/record.js';
import { editedCode } from '../../../testing/random/code-edits.js';
import { Random } from '../../../testing/random/random.js';
import { temporaryFolder } from '../../../testing/workspace/temporary-folder.js';
import type { Amount } from '../../report/result.js';

/** As `serve` builds, see src/serve/build/development-options.ts. */
const FLAGS = ['-trimpath', '-buildvcs=false', '-ldflags=-s -w'];
const GO = { path: 'go', version: '' };

/** A main package of a repository. */
export interface Program {
  readonly cwd: string;
  /** How go is told of it. */
  readonly pattern: string;
  readonly env: Readonly<Record<string, string>>;
}

/** What was seen in a number of edits. */
interface Seen {
  differences: number;
  /** Go had to build it. */
  left: number;
  /** In seconds, one for each edit that was not left to go. */
  readonly fast: number[];
  readonly go: number[];
}

/**
 * Edits files at random, and compares what is built without go with what `go build` makes, byte for byte.
 *
 * @returns the times of both, and what differs.
 */
export async function bytes(program: Program, edits: number, progress: (text: string) => void) {
  const folder = mkdtempSync(join(temporaryFolder('bench'), 'bytes-'));
  // What is edited is not the user's.
  const copy = realpathSync.native(folder);
  const cwd = join(copy, basename(program.cwd));
  cpSync(program.cwd, cwd, { recursive: true, verbatimSymlinks: true });
  try {
    const seen = await compared({ ...program, cwd }, copy, edits, progress);
    const title = `${edits} edits of ${basename(program.cwd)}, ${program.pattern}`;
    const amounts: Amount[] = [
      { name: 'other bytes than go build makes', value: seen.differences, unit: '', atMost: 0 },
      { name: 'edits left to go', value: seen.left, unit: '', atMost: edits },
    ];
    return { title, seconds: { 'without go': seen.fast, 'go build': seen.go }, amounts };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function compared(
  program: Program,
  folder: string,
  edits: number,
  progress: (text: string) => void,
): Promise<Seen> {
  const { cwd, env, pattern } = program;
  const [output, truth] = [join(folder, 'fast'), join(folder, 'truth')];
  await goBuild(program, output);
  const { stdout } = await runGo(GO, ['list', pattern], { cwd, env });
  const importPath = stdout.trim();
  const recording = await record({ go: GO, cwd, env, flags: FLAGS, mains: [{ importPath, pattern, output }] });
  const why = recording.refused.get(importPath);
  if (why !== undefined) throw new Error(`${importPath}: ${why}`);
  const build = new FastBuild(recording, GO, join(folder, 'staging'));
  const sources = [...recording.packages.values()].flatMap((one) => one.sources);
  const files = sources.flatMap(({ isGo, path }) => (isGo && path.startsWith(folder) ? [path] : []));
  const random = new Random('bytes');
  const seen: Seen = { differences: 0, left: 0, fast: [], go: [] };
  for (let number = 1; number <= edits; number++) {
    await editOnce(random.of(files), (text) => editedCode(text, number, random), seen, {
      fast: () => builtFast(build, importPath),
      go: () => goBuild(program, truth),
      isSame: () => readFileSync(output).equals(readFileSync(truth)),
    });
    if (number % 20 === 0) progress(`  ${number} edits: ${seen.differences} differences, ${seen.left} left to go`);
  }
  build.dispose();
  return seen;
}

interface Builders {
  /** @returns why go has to build it. */
  readonly fast: () => Promise<string | undefined>;
  /** @throws Error where it does not compile. */
  readonly go: () => Promise<void>;
  readonly isSame: () => boolean;
}

async function editOnce(file: string, edit: (text: string) => string, seen: Seen, by: Builders): Promise<void> {
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, edit(text));
  const start = performance.now();
  const problem = await by.fast();
  const between = performance.now();
  const compiles = await by.go().then(
    () => true,
    () => false,
  );
  if (problem === undefined && compiles) {
    seen.fast.push((between - start) / 1000);
    seen.go.push((performance.now() - between) / 1000);
    if (!by.isSame()) seen.differences++;
    return;
  }
  seen.left++;
  writeFileSync(file, text);
  // What go refuses is not to be built without it.
  if (problem === undefined) seen.differences++;
}

/** @returns why go has to build it. */
async function builtFast(build: FastBuild, importPath: string): Promise<string | undefined> {
  let problem = build.look([importPath]);
  if (problem === undefined) await build.build([importPath], ({ needsGo }) => (problem = needsGo));
  return problem;
}

async function goBuild({ cwd, env, pattern }: Program, output: string): Promise<void> {
  const { exitCode, stderr } = await runGo(GO, ['build', ...FLAGS, '-o', output, pattern], { cwd, env });
  if (exitCode !== 0) throw new Error(stderr);
}
