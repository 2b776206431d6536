import { join, posix, resolve } from 'node:path';

import { parseGoflags } from '../../go/configuration/build-configuration.js';
import { hasTrimpath } from '../batch/compile-key.js';
import { compileFlags } from '../flags/compile-flags.js';
import { hasFlag, splitWords } from '../../go/configuration/words.js';
import type { ReadyTask } from '../task/task.js';
import type { TestExecutorOptions } from './schema.js';

/** Flags that stop other packages' tests or that go takes for one package only. */
const ONE_TASK =
  /^(test\.)?(failfast|fuzz|c|o|cpuprofile|memprofile|blockprofile|mutexprofile|trace|outputdir|artifacts)$/;
/** Flags under which go prints all that a passing test says. */
const SHOW_PASS = /^(test\.)?(v|bench|list|fuzz|h|help)$/;

/** How `go test` is to be called for a target. */
export interface TestFlags {
  /** Flags of go, to stand before the packages. */
  readonly before: readonly string[];
  /** Those among them that decide about what is compiled. */
  readonly compiling: readonly string[];
  /** Flags of the user, perhaps such as only the test binary knows, and what follows `-args`: after the packages. */
  readonly after: readonly string[];
  /** Whether the target must have a go process for itself. */
  readonly alone: boolean;
  /** Whether `-trimpath` is in force. */
  readonly trimsPaths: boolean;
  /** Whether go prints more than one line of a package whose tests pass. */
  readonly showPass: boolean;
}

/** The flags of `go test` for a target, all but `-json` and `-coverprofile`. */
export function testFlags(options: TestExecutorOptions, goflags: string): TestFlags {
  const inGoflags = [...parseGoflags(goflags).keys()].map((name) => `-${name}`);
  const args = splitWords(options.args);
  const testArgs = splitWords(options.testArgs);
  const verbose = options.verbose ?? hasFlag(inGoflags, /^(test\.)?v$/);
  const given = [...inGoflags, ...args];
  const compiling = [...compileFlags(options), ...coverFlags(options)];
  return {
    // -json makes tests verbose (testing.Verbose() too); an explicit -v after it has the last word.
    before: [`-v=${verbose}`, ...compiling, ...runFlags(options)],
    compiling,
    after: [...args, ...(testArgs.length > 0 ? ['-args', ...testArgs] : [])],
    // With -coverpkg the profile of one package's tests names other packages: it cannot be taken out of a common one.
    alone: options.coverPkg !== undefined || hasFlag(given, ONE_TASK),
    trimsPaths: hasTrimpath(goflags),
    showPass: verbose || options.bench !== undefined || hasFlag(args, SHOW_PASS),
  };
}

function coverFlags(options: TestExecutorOptions): string[] {
  const { coverMode, coverPkg } = options;
  const pkg = typeof coverPkg === 'string' ? coverPkg : coverPkg?.join(',');
  return [
    ...(options.cover === undefined ? [] : [`-cover=${options.cover}`]),
    ...(coverMode ? [`-covermode=${coverMode}`] : []),
    ...(pkg ? [`-coverpkg=${pkg}`] : []),
  ];
}

function runFlags(options: TestExecutorOptions): string[] {
  const { run, skip, short, count, timeout, shuffle, parallel, bench } = options;
  const toggled = shuffle === true ? 'on' : shuffle === false ? 'off' : shuffle;
  return [
    ...(run === undefined ? [] : [`-run=${run}`]),
    ...(skip === undefined ? [] : [`-skip=${skip}`]),
    ...(short === undefined ? [] : [`-short=${short}`]),
    // Go's own cache does not see all that the inputs name (files of another module): what Nx runs is run.
    `-count=${count ?? 1}`,
    ...(timeout === undefined ? [] : [`-timeout=${timeout}`]),
    ...(toggled === undefined ? [] : [`-shuffle=${toggled}`]),
    ...(parallel === undefined ? [] : [`-parallel=${parallel}`]),
    ...(bench === undefined ? [] : [`-bench=${bench}`]),
  ];
}

/**
 * Where a target's coverage profile goes, absolute: `coverage/<project root>/cover.out` unless `coverProfile` says
 * otherwise. Undefined when coverage was not asked for.
 */
export function coverProfilePath(task: ReadyTask<TestExecutorOptions>, workspaceRoot: string): string | undefined {
  const { cover, coverProfile, coverMode, coverPkg } = task.options;
  if (cover === false) return undefined;
  if (!cover && coverProfile === undefined && coverMode === undefined && coverPkg === undefined) return undefined;
  return coverProfile === undefined ? defaultProfilePath(task, workspaceRoot) : resolve(workspaceRoot, coverProfile);
}

/** The profile that the inferred outputs name, absolute. */
export function defaultProfilePath(task: ReadyTask<TestExecutorOptions>, workspaceRoot: string): string {
  return join(workspaceRoot, defaultProfile(task.root));
}

/** The same from the workspace's root, for the tests of the project in a directory. */
export function defaultProfile(root: string): string {
  return posix.join('coverage', root, 'cover.out');
}
