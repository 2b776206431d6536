/**
 * Compares this plugin with two others: makes the same edits in copies of one workspace, one copy for each plugin, and
 * holds what Nx would build, test and select against what the go command says. Downloads the others from npm.
 *
 *   npm run peers                   all edits; prints a Markdown table
 *   npm run peers -- --only GOOS    those whose name holds the text
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';

import { layoutTasks, type Layout } from '../../testing/layouts/layout.js';
import { SINGLE_MODULE } from '../../testing/layouts/single-module.js';
import { measure, measureChange, type Measurement } from '../../testing/measuring/measure.js';
import { TruthTeller, type Truth } from '../../testing/truth/truth.js';
import { mustRun } from '../../testing/workspace/command.js';
import { environment } from '../../testing/workspace/environment.js';
import { publishedInstallation } from '../../testing/workspace/installation.js';
import { Workspace } from '../../testing/workspace/workspace.js';
import { CONTENDERS, type Contender } from './contenders.js';
import { peerEdits, type PeerEdit } from './edits.js';
import { oneModulePerPackage } from './one-module-per-package.js';
import { table, type Row } from './report.js';
import { moved, score, sum, taskOf, type Score } from './score.js';

const LAYOUT = oneModulePerPackage(SINGLE_MODULE, 'example.org/shop');
const UNITS = layoutTasks(LAYOUT);

/** One plugin with its copy of the workspace. */
class Entrant {
  private constructor(
    readonly contender: Contender,
    readonly workspace: Workspace,
    readonly before: Measurement,
  ) {}

  static async enter(contender: Contender, layout: Layout = LAYOUT): Promise<Entrant> {
    const { nx, packages, nxJson } = contender;
    const installation = packages && (await publishedInstallation(nx, packages));
    const workspace = await Workspace.create(layout, nx, { nxJson, ...(installation ? { installation } : {}) });
    return new Entrant(contender, workspace, await measure(workspace));
  }

  /** Makes an edit, counts what the plugin makes Nx run, and takes it back. */
  async judge({ edit }: PeerEdit, settings: Settings, altered: readonly string[]): Promise<Score> {
    try {
      edit?.(this.workspace.root);
      const after = await measureChange(this.workspace, settings);
      const { selectsTasks } = this.contender.nx;
      return score(UNITS, altered, { before: this.before, after, selectsTasks, files: edit !== undefined });
    } finally {
      await this.workspace.reset();
    }
  }
}

type Settings = Readonly<Record<string, string | undefined>>;

/** What the go command says of an edit, in a workspace of its own without any plugin. */
class Referee {
  private constructor(
    private readonly workspace: Workspace,
    private readonly teller: TruthTeller,
    private readonly before: Truth,
  ) {}

  static async appoint(): Promise<Referee> {
    const workspace = await Workspace.create(LAYOUT, CONTENDERS[0]!.nx, { nxJson: {} });
    const teller = new TruthTeller(workspace.root, LAYOUT);
    const before = await teller.before(environment());
    const broken = UNITS.filter((unit) => before[unit] === 'fails');
    if (broken.length) throw new Error(`go cannot build ${broken.join(', ')} before any edit`);
    return new Referee(workspace, teller, before);
  }

  async altered({ edit }: PeerEdit, settings: Settings): Promise<string[]> {
    try {
      edit?.(this.workspace.root);
      return moved(this.before, await this.teller.after(UNITS, environment(settings)));
    } finally {
      await this.workspace.reset();
    }
  }

  dismiss(): void {
    this.teller.dispose();
    this.workspace.dispose();
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { only: { type: 'string' } } });
  const edits = peerEdits().filter((edit) => edit.name.includes(values.only ?? ''));
  const referee = await Referee.appoint();
  const entrants: Entrant[] = [];
  try {
    for (const contender of CONTENDERS) {
      progress(`setting up ${contender.title}`);
      entrants.push(await Entrant.enter(contender));
    }
    const rows: Row[] = [];
    for (const edit of edits) {
      progress(`${rows.length + 1} of ${edits.length}: ${edit.name}`);
      rows.push(await judgeEdit(edit, referee, entrants));
    }
    await print(rows, await withoutTasks());
  } finally {
    referee.dismiss();
    for (const entrant of entrants) entrant.workspace.dispose();
  }
}

async function judgeEdit(edit: PeerEdit, referee: Referee, entrants: readonly Entrant[]): Promise<Row> {
  const settings = typeof edit.settings === 'function' ? await edit.settings() : (edit.settings ?? {});
  const altered = await referee.altered(edit, settings);
  const scores: Score[] = [];
  for (const entrant of entrants) scores.push(await entrant.judge(edit, settings, altered));
  return { name: edit.name, altered: altered.length, scores };
}

/** For each plugin, how many binaries and test packages have no task of their own where all code is one module. */
async function withoutTasks(): Promise<number[]> {
  const counts: number[] = [];
  for (const contender of CONTENDERS) {
    progress(`one module at the root: ${contender.title}`);
    const { workspace, before } = await Entrant.enter(contender, SINGLE_MODULE);
    workspace.dispose();
    counts.push(UNITS.filter((unit) => taskOf(unit, before) === undefined).length);
  }
  return counts;
}

async function print(rows: readonly Row[], withoutTasks: readonly number[]): Promise<void> {
  const totals = CONTENDERS.map((_, index) => sum(rows.map((row) => row.scores[index]!)));
  const { stdout } = await mustRun('go', ['env', 'GOVERSION'], process.cwd(), environment());
  const title = ({ title, nx, packages }: Contender) =>
    `${title}: ${packages ? Object.entries(packages).map(([name, version]) => `${name}@${version}`) : 'this repository'} on Nx ${nx.nx}`;
  console.log(
    [
      table(
        CONTENDERS.map(({ title }) => title),
        rows,
        totals,
      ),
      '',
      ...CONTENDERS.map(
        (contender, index) =>
          `- ${title(contender)}; where all code is one module, ${UNITS.length - withoutTasks[index]!} of ${UNITS.length} have a task of their own`,
      ),
      `- ${rows.length} edits, ${UNITS.length} binaries and test packages; ${stdout.trim()}, Node ${process.versions.node}, ${process.platform}/${process.arch}, ${cpus().length} cores`,
    ].join('\n'),
  );
}

function progress(text: string): void {
  process.stderr.write(`${text}\n`);
}

await main();
