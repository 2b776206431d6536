/**
 * Builds the example `handlers` with Nx, makes a few edits, and shows for each of them which builds Nx selected, which
 * it ran, and which came from its cache. What should have happened comes from the go command; where it did not, the
 * exit code is 1.
 *
 *   npm run example             in a temporary directory that is removed at the end
 *   npm run example -- --keep   that directory stays, to look around
 */
import { existsSync } from 'node:fs';
import { execa } from 'execa';
import { Workspace, type NxRun } from './workspace.js';

const HANDLER = 'handlers/invoice';
const SHARED = 'internal/money';
const TEST = 'internal/order/order_test.go';
const ORDER = '{"id":"17","customer":"Ada","lines":[{"article":"pen","quantity":2,"price":125}]}';

interface Step {
  readonly title: string;
  readonly command: readonly string[];
  /** Prepares the workspace for the step. */
  readonly before?: () => void;
  /** The projects that must be built, and those that must come from the cache. */
  readonly built: readonly string[];
  readonly cached: readonly string[];
  /** What else must be true afterwards; returns what to print about it. */
  readonly after?: () => Promise<string>;
}

const wrong: string[] = [];

function expectTasks(title: string, what: string, actual: readonly string[], expected: readonly string[]): void {
  if (JSON.stringify(actual) !== JSON.stringify([...expected].sort())) {
    const list = (names: readonly string[]) => names.join(', ') || 'none';
    wrong.push(`${title}: ${what}\n    should be: ${list([...expected].sort())}\n    but is:    ${list(actual)}`);
  }
}

function expectBinaries(workspace: Workspace, programs: readonly string[]): string {
  const missing = programs.filter((program) => !existsSync(workspace.binary(program)));
  wrong.push(...missing.map((program) => `The binary of ${program} is missing.`));
  return `${programs.length - missing.length} of ${programs.length} binaries are in dist/`;
}

function row(number: string, title: string, selected: string, built: string, cached: string, time: string): string {
  return `${number.padStart(2)} ${title.padEnd(52)}${selected.padStart(9)}${built.padStart(8)}${cached.padStart(13)}${time.padStart(8)}`;
}

/** Names a few projects; where there are many, their number says enough. */
function describe(names: readonly string[], verb: string): string[] {
  const short = names.map((name) => name.replace(/^handlers\//, ''));
  return short.length === 0 || short.length > 8 ? [] : [`${verb}: ${short.join(', ')}`];
}

function print(number: number, step: Step, run: NxRun, note: string | undefined): void {
  const counts = [run.selected, run.ran, run.cached].map((names) => String(names.length)) as [string, string, string];
  console.log(row(String(number), step.title, ...counts, `${run.seconds.toFixed(1)} s`));
  const details = [...describe(run.ran, 'built'), ...describe(run.cached, 'from the cache'), ...(note ? [note] : [])];
  for (const line of [`$ npx nx ${step.command.join(' ')}`, ...details]) {
    console.log(`      ${line}`);
  }
}

/** Two builds of everything: one with an empty cache, and one that the cache answers. */
function builds(workspace: Workspace, programs: readonly string[]): Step[] {
  const all = [...programs, 'web'];
  const command = ['run-many', '-t', 'build'];
  const after = async () => expectBinaries(workspace, programs);
  return [
    { title: 'everything, for the first time', command, built: all, cached: [], after },
    {
      title: 'everything again, after deleting dist/',
      command,
      before: () => workspace.deleteOutputs(),
      built: [],
      cached: all,
      after,
    },
  ];
}

/** The edits; `users` are the programs that the shared package goes into. */
function edits(workspace: Workspace, programs: readonly string[], users: readonly string[]): Step[] {
  const edit = (
    title: string,
    file: string,
    change: (text: string) => string,
    expected: Pick<Step, 'after'> & Partial<Pick<Step, 'built' | 'cached'>>,
  ): Step => ({
    title: `${title} ${file}`,
    command: ['affected', '-t', 'build'],
    before: () => workspace.edit(file, change),
    built: [],
    cached: [],
    ...expected,
  });
  const append = (addition: string) => (text: string) => `${text}\n${addition}\n`;
  const replace = (from: string, to: string) => (text: string) => text.replace(from, to);
  const money = ['return a * Amount(quantity)', 'return Amount(quantity) * a'] as const;
  return [
    edit('a handler:', `${HANDLER}/main.go`, replace('"Your invoice"', '"Your new invoice"'), {
      built: [HANDLER],
      after: () => answer(workspace),
    }),
    edit('a shared package:', `${SHARED}/money.go`, replace(money[0], money[1]), { built: users }),
    edit('a test:', TEST, append('func TestNothing(t *testing.T) {}'), { after: () => affectedTests(workspace) }),
    edit('a README:', `${HANDLER}/README.md`, append('Prices are in cents.'), {}),
    edit('the edit taken back:', `${SHARED}/money.go`, replace(money[1], money[0]), { cached: users }),
    edit('a comment in', 'go.mod', append('// The standard library is enough.'), {
      cached: programs,
      after: async () => 'go.mod reaches all Go builds, but none of them reads a comment: all come from the cache',
    }),
  ];
}

async function steps(workspace: Workspace): Promise<Step[]> {
  const packages = await workspace.programs();
  const programs = [...packages.keys()].sort();
  const users = programs.filter((program) => packages.get(program)?.has(SHARED));
  return [...builds(workspace, programs), ...edits(workspace, programs, users)];
}

/** Runs the binary that was built from the edited handler. */
async function answer(workspace: Workspace): Promise<string> {
  const { stdout } = await execa(workspace.binary(HANDLER), [], { input: ORDER, reject: false });
  if (!stdout.includes('Your new invoice')) {
    wrong.push(`The binary of ${HANDLER} does not hold the edit: ${stdout}`);
  }
  return `dist/${HANDLER}/invoice holds the edit: ${stdout.slice(0, 30)}...`;
}

/** A test file is no input of a build; it is one of its own package's test. */
async function affectedTests(workspace: Workspace): Promise<string> {
  const run = await workspace.nx(['affected', '-t', 'test']);
  expectTasks('affected tests', 'selected', run.selected, ['internal/order']);
  return `but \`npx nx affected -t test\` runs the tests of ${run.selected.join(', ')}`;
}

async function main(): Promise<void> {
  console.log('Packing the plugin and installing it into a copy of examples/handlers ...');
  const workspace = await Workspace.create();
  try {
    console.log(`The copy is ${workspace.directory}; nx.json there says "plugins": ["nx-gopher"], and that is all.\n`);
    console.log(row('', '', 'selected', 'built', 'from cache', 'time'));
    for (const [index, step] of (await steps(workspace)).entries()) {
      step.before?.();
      const run = await workspace.nx(step.command);
      expectTasks(step.title, 'built', run.ran, step.built);
      expectTasks(step.title, 'from the cache', run.cached, step.cached);
      print(index + 1, step, run, await step.after?.());
      if (step.before && index > 1) {
        await workspace.commit(step.title);
      }
    }
  } finally {
    if (process.argv.includes('--keep')) {
      console.log(`\nThe copy stays: cd ${workspace.directory}`);
    } else {
      workspace.remove();
    }
  }
  if (wrong.length > 0) {
    throw new Error(`Not as it should be:\n  ${wrong.join('\n  ')}`);
  }
  console.log('\nAll as it should be: each edit built what `go list -deps` says it reaches, and nothing else.');
}

try {
  await main();
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
