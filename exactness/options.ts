import { parseArgs } from 'node:util';

/** What the command line asks for. */
export interface Options {
  readonly workspace: string | undefined;
  /** Names of layouts; empty for all. Undefined when a workspace is given. */
  readonly fixtures: readonly string[] | undefined;
  readonly mutations: number;
  readonly seed: string;
  readonly builds: number | undefined;
  readonly tests: number | undefined;
  readonly jobs: number;
  readonly report: string;
  readonly resume: boolean;
  readonly keep: boolean;
  /** The one epoch to run. */
  readonly only: number | undefined;
  readonly without: readonly string[];
  readonly prepare: readonly string[];
}

const USAGE = `npm run exactness -- --workspace <dir> [options]     over a copy of a Go repository
npm run exactness -- --fixtures [<layout> ...] [options]   over the workspaces of the end-to-end tests

  --mutations <n>    how many mutations (200)
  --seed <text>      same seed, same mutations (1)
  --builds <n>       build only n of the build tasks after each mutation (all)
  --tests <n>        build only n of the test binaries after each mutation (all)
  --jobs <n>         copies that are worked on at the same time (2)
  --report <file>    where the JSON report goes (exactness-report.json)
  --resume           go on with the run of the report
  --only <n>         only the epoch of that number
  --without <kind>   leave out kinds whose name begins so; can be given several times
  --prepare <words>  a command that makes what git ignores and Go code embeds; runs after every mutation
  --keep             stop at the first fault, and keep the copy`;

/** Reads the command line. @throws Error that says what is wrong with it, and how it is used. */
export function parseOptions(args: readonly string[]): Options {
  try {
    return parsed(args);
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
}

function parsed(args: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      workspace: { type: 'string' },
      fixtures: { type: 'boolean' },
      mutations: { type: 'string', default: '200' },
      seed: { type: 'string', default: '1' },
      builds: { type: 'string' },
      tests: { type: 'string' },
      jobs: { type: 'string', default: '2' },
      report: { type: 'string', default: 'exactness-report.json' },
      resume: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
      only: { type: 'string' },
      without: { type: 'string', multiple: true, default: [] },
      prepare: { type: 'string' },
    },
  });
  const { workspace, fixtures } = values;
  if ((workspace === undefined) === (fixtures === undefined)) throw new Error('give --workspace <dir> or --fixtures');
  if (workspace !== undefined && positionals.length) throw new Error(`what is ${positionals.join(' ')}?`);
  return {
    workspace,
    fixtures: fixtures ? positionals : undefined,
    mutations: wholeNumber('mutations', values.mutations, 1),
    seed: values.seed,
    builds: values.builds === undefined ? undefined : wholeNumber('builds', values.builds, 0),
    tests: values.tests === undefined ? undefined : wholeNumber('tests', values.tests, 0),
    jobs: wholeNumber('jobs', values.jobs, 1),
    report: values.report,
    resume: values.resume,
    keep: values.keep,
    only: values.only === undefined ? undefined : wholeNumber('only', values.only, 1),
    without: values.without,
    prepare: values.prepare?.split(/\s+/).filter(Boolean) ?? [],
  };
}

function wholeNumber(name: string, text: string, least: number): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < least)
    throw new Error(`--${name} is ${text}, and has to be ${least} or more`);
  return number;
}
