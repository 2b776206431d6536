import { parseArgs } from 'node:util';

/** What a proof is asked for, whatever workspace it is made on. */
export interface ProofOptions {
  readonly mutations: number;
  readonly seed: string;
  readonly builds: number | undefined;
  readonly tests: number | undefined;
  readonly jobs: number;
  /** Minutes after which no further mutation is begun. */
  readonly timeLimit: number | undefined;
  readonly report: string | undefined;
  readonly resume: boolean;
  readonly keep: boolean;
  /** The one epoch to run. */
  readonly only: number | undefined;
  readonly without: readonly string[];
  readonly prepare: readonly string[];
}

/** What the harness of this repository is asked for. */
export interface HarnessOptions extends ProofOptions {
  readonly workspace: string | undefined;
  /** Names of layouts; empty for all. Undefined when a workspace is given. */
  readonly fixtures: readonly string[] | undefined;
}

const OPTIONS_USAGE = `
  --mutations <n>    how many mutations (200)
  --seed <text>      same seed, same mutations (1)
  --time-limit <m>   begin no mutation after so many minutes
  --builds <n>       build only n of the build tasks after each mutation (all)
  --tests <n>        build only n of the test binaries after each mutation (all)
  --jobs <n>         copies that are worked on at the same time (2)
  --report <file>    write a JSON report there
  --resume           go on with the run of that report
  --only <n>         only the n-th 25 mutations
  --without <kind>   leave out kinds whose name begins so; can be given several times
  --prepare <words>  a command that makes what git ignores and Go code embeds; runs after every mutation
  --keep             stop at the first fault, and keep the copy`;

export const PROVE_USAGE = `Usage: nx-gopher prove [options]

Makes random edits to a copy of the workspace, and compares after each what go builds with what Nx and nx-gopher make of
it. The workspace itself is only read. The exit code is 1 when a result would be stale, missed or unequal.
${OPTIONS_USAGE}`;

const HARNESS_USAGE = `npm run exactness -- --workspace <dir> [options]     over a copy of a Go repository
npm run exactness -- --fixtures [<layout> ...] [options]   over the workspaces of the end-to-end tests
${OPTIONS_USAGE}`;

const PROOF_OPTIONS = {
  mutations: { type: 'string', default: '200' },
  seed: { type: 'string', default: '1' },
  'time-limit': { type: 'string' },
  builds: { type: 'string' },
  tests: { type: 'string' },
  jobs: { type: 'string', default: '2' },
  report: { type: 'string' },
  resume: { type: 'boolean', default: false },
  keep: { type: 'boolean', default: false },
  only: { type: 'string' },
  without: { type: 'string', multiple: true },
  prepare: { type: 'string' },
} as const;

type Values = ReturnType<typeof parseArgs<{ options: typeof PROOF_OPTIONS }>>['values'];

/**
 * Reads the arguments of `nx-gopher prove`.
 *
 * @returns undefined where they ask for help.
 * @throws Error that says what is wrong with them, and how the command is used.
 */
export function parseProveOptions(args: readonly string[]): ProofOptions | undefined {
  return withUsage(PROVE_USAGE, () => {
    const { values } = parseArgs({
      args: [...args],
      options: { ...PROOF_OPTIONS, help: { type: 'boolean', short: 'h' } },
    });
    return values.help ? undefined : proofOptions(values);
  });
}

/** Reads the command line of the harness. @throws Error that says what is wrong with it, and how it is used. */
export function parseHarnessOptions(args: readonly string[]): HarnessOptions {
  return withUsage(HARNESS_USAGE, () => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { ...PROOF_OPTIONS, workspace: { type: 'string' }, fixtures: { type: 'boolean' } },
    });
    const { workspace, fixtures } = values;
    if ((workspace === undefined) === (fixtures === undefined)) throw new Error('give --workspace <dir> or --fixtures');
    if (workspace !== undefined && positionals.length) throw new Error(`what is ${positionals.join(' ')}?`);
    return { ...proofOptions(values), workspace, fixtures: fixtures ? positionals : undefined };
  });
}

function withUsage<T>(usage: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`, { cause: error });
  }
}

function proofOptions(values: Values): ProofOptions {
  if (values.resume && values.report === undefined) throw new Error('--resume needs the --report to go on with');
  const numberOf = (name: 'builds' | 'tests' | 'only' | 'time-limit', least: number): number | undefined =>
    values[name] === undefined ? undefined : wholeNumber(name, values[name], least);
  return {
    mutations: wholeNumber('mutations', values.mutations, 1),
    seed: values.seed,
    builds: numberOf('builds', 0),
    tests: numberOf('tests', 0),
    jobs: wholeNumber('jobs', values.jobs, 1),
    timeLimit: numberOf('time-limit', 1),
    report: values.report,
    resume: values.resume,
    keep: values.keep,
    only: numberOf('only', 1),
    without: values.without ?? [],
    prepare: values.prepare?.split(/\s+/).filter(Boolean) ?? [],
  };
}

function wholeNumber(name: string, text: string, least: number): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < least)
    throw new Error(`--${name} is ${text}, and has to be a whole number of ${least} or more`);
  return number;
}
