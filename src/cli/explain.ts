import { join } from 'node:path';

import { readJsonFile, workspaceRoot, type NxJsonConfiguration } from '@nx/devkit';

import type { Diagnosis } from '../doctor/diagnosis.js';
import { examine } from '../doctor/examine.js';
import { readDiagnosis } from '../doctor/read-diagnosis.js';
import { compareForTask } from '../explain/compare-machines.js';
import { explainAffected } from '../explain/explain-affected.js';
import { holdersOf, isInParts, whyNot } from '../explain/explain-file.js';
import { explainTasks, type ExplainContext } from '../explain/explain-task.js';
import { WorkspacePackages } from '../explain/packages/workspace-packages.js';
import { printed, wayText } from '../explain/print.js';
import { markdownAffected, printedAffected, printedHolders } from '../explain/print-affected.js';
import { readRuns } from '../explain/runs/run-log.js';
import { taskName, WorkspaceTasks, type TaskName } from '../explain/workspace-tasks.js';
import { isFile } from '../files.js';
import { nearestName } from '../nearest-name.js';
import { fromRoot } from '../paths.js';
import { dataFolder } from '../workspace/load.js';
import { parseCall } from './parse-call.js';

const USAGE = `Usage: nx-gopher explain <project>[:target[:configuration]] [--since <hash or commit>]
       nx-gopher explain <file>
       nx-gopher explain <project>:<target> --why-not <file>
       nx-gopher explain --affected [--base <commit>] [--targets <names>] [--markdown]

Says why a Go task would run now and why it ran last, which tasks hold a file, or why one does not, and why
\`nx affected\` selects tasks.

  --since <hash or commit>   compares with that recorded run, not with the newest
  --compare <file>           says how another machine differs for the task: what \`doctor --json\` wrote there
  --why-not <file>           says why the task's hash does not hold the file
  --affected                 explains what \`nx affected\` selects
  --base <commit>            what the working tree is compared with; main by default, or defaultBase in nx.json
  --targets <names>          names of targets with commas between them; all Go targets by default
  --markdown                 prints a comment for a pull request
  --json                     prints all as JSON

The last 20 runs are recorded in Nx's workspace data folder. \`nx reset\` removes them.`;

/**
 * Explains tasks, files, and what is affected.
 *
 * @returns the exit code.
 * @throws Error when the arguments are wrong, or name no Go task and no file.
 */
export async function explain(args: readonly string[]): Promise<number> {
  const { values, positionals } = parse(args);
  const [name, ...others] = positionals;
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const isAffected = values.affected === true;
  if (others.length > 0 || (name === undefined) !== isAffected)
    throw new Error(`Name one task or one file, or say --affected.\n\n${USAGE}`);
  const tasks = await WorkspaceTasks.load(workspaceRoot);
  const packages = await WorkspacePackages.load(workspaceRoot);
  const context: ExplainContext = { tasks, packages, runs: readRuns(dataFolder(workspaceRoot)) };
  const { result, text } =
    name === undefined ? await affected(values, context) : await aboutName(name, values, context);
  console.log(values.json ? JSON.stringify({ schemaVersion: 1, ...result }, null, 2) : text());
  return 0;
}

/** What is printed as JSON, or else as text. */
interface Printable {
  readonly result: object;
  readonly text: () => string;
}

type Options = ReturnType<typeof parse>['values'];

async function affected({ base, targets, markdown }: Options, context: ExplainContext): Promise<Printable> {
  const nxJson = readJsonFile<NxJsonConfiguration>(join(workspaceRoot, 'nx.json'));
  const from = base ?? process.env['NX_BASE'] ?? nxJson.defaultBase ?? 'main';
  const result = await explainAffected(context, nxJson, from, targets?.split(','));
  return { result, text: () => (markdown ? markdownAffected(result) : printedAffected(result)) };
}

async function aboutName(name: string, options: Options, context: ExplainContext): Promise<Printable> {
  const { tasks, packages } = context;
  const whyNotFile = options['why-not'];
  const fileOf = (path: string): string => fromRoot(workspaceRoot, join(process.cwd(), path));
  const file = fileOf(name);
  const task = taskName(name, tasks.graph);
  if (whyNotFile === undefined && (!task || task.target === '') && isFile(join(workspaceRoot, file))) {
    const holders = await holdersOf(file, tasks, packages);
    return { result: { file, holders }, text: () => printedHolders(file, holders) };
  }
  const names = namedTasks(name, task, tasks);
  if (whyNotFile !== undefined) return reasonAgainst(fileOf(whyNotFile), names, context);
  if (options.compare !== undefined) return comparison(readDiagnosis(options.compare), names, tasks);
  const explanations = await explainTasks(names, context, options.since);
  return { result: { explanations }, text: () => printed(explanations) };
}

async function comparison(there: Diagnosis, names: readonly TaskName[], tasks: WorkspaceTasks): Promise<Printable> {
  const here = await examine(workspaceRoot);
  const hashes = [...(await tasks.hashes(names))];
  const differences = hashes.map(([task, { parts }]) => ({
    task,
    differences: compareForTask(task, Object.keys(parts), here, there),
  }));
  const lines = differences.flatMap(({ task, differences: found }) =>
    found.length > 0 ? [`${task} differs:`, ...found.map((line) => `  - ${line}`)] : [`${task}: no difference.`],
  );
  return { result: { tasks: differences }, text: () => lines.join('\n') };
}

async function reasonAgainst(
  file: string,
  names: readonly TaskName[],
  { tasks, packages }: ExplainContext,
): Promise<Printable> {
  const answers = [...(await tasks.hashes(names))].map(async ([id, { parts }]) => {
    const name = taskName(id, tasks.graph) as TaskName;
    const task = `${name.project}:${name.target}`;
    const ways = await packages.of(name, tasks.graph);
    const chain = ways?.chainTo(file);
    return isInParts(file, Object.keys(parts))
      ? { task, holds: true, ...(chain ? { chain } : {}) }
      : { task, holds: false, reason: whyNot(file, workspaceRoot, ways) };
  });
  const all = await Promise.all(answers);
  const line = ({
    task,
    holds,
    chain,
    reason,
  }: (typeof all)[number] & { chain?: string[]; reason?: string }): string =>
    holds ? `${task} holds ${file}${wayText(chain) || '.'}` : `${task} does not hold ${file}. ${reason}`;
  return { result: { file, answers: all }, text: () => all.map(line).join('\n') };
}

function parse(args: readonly string[]) {
  const options = {
    since: { type: 'string' },
    compare: { type: 'string' },
    'why-not': { type: 'string' },
    affected: { type: 'boolean' },
    base: { type: 'string' },
    targets: { type: 'string' },
    markdown: { type: 'boolean' },
    json: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  } as const;
  return parseCall({ args: [...args], allowPositionals: true, options }, USAGE);
}

/** The Go tasks that a name means: one, or without a target all of the project. */
function namedTasks(name: string, task: TaskName | undefined, tasks: WorkspaceTasks): TaskName[] {
  if (!task) {
    const projects = Object.keys(tasks.graph.nodes);
    throw new Error(`There is no project and no file ${name}. Did you mean ${nearestName(name, projects)}?`);
  }
  const targets = [...tasks.goTargets(task.project).keys()];
  if (targets.length === 0) throw new Error(`${task.project} has no Go targets.`);
  if (task.target === '') return targets.map((target) => ({ project: task.project, target }));
  if (targets.includes(task.target)) return [task];
  throw new Error(`${task.project} has no Go target ${task.target}. It has ${targets.join(', ')}.`);
}
