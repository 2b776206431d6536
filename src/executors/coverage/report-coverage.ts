import { join, posix, resolve } from 'node:path';

import type { ExecutorContext } from '@nx/devkit';

import { changedLines } from '../../coverage/changed-lines.js';
import type { CoveredFiles } from '../../coverage/lcov.js';
import { filePlaces, type CoveredModule } from '../../coverage/places.js';
import { percentOf, Profile } from '../../coverage/profile.js';
import {
  byProject,
  isBelow,
  minimumOf,
  ofChanged,
  ranges,
  table,
  unmatched,
  type ProjectCoverage,
} from '../../coverage/summary.js';
import { outputProblem } from '../../facts/output-problem.js';
import { targetFacts } from '../../facts/target-facts.js';
import { kindOfTarget } from '../../facts/target-kinds.js';
import { isFile, textOf } from '../../files.js';
import { modulePath } from '../../go/modules/mod-file.js';
import { nearestDir } from '../../paths.js';
import { filledTask } from '../task/filled-task.js';
import type { GoSession } from '../task/session.js';
import { TaskError } from '../task/task-error.js';
import type { GoTask, Outcome } from '../task/task.js';
import { wrongOptions } from '../task/wrong-options.js';
import { defaultProfile } from '../test/test-flags.js';
import { countedByPrograms } from './program-data.js';
import type { CoverageExecutorOptions } from './schema.js';
import { writeReports } from './write-reports.js';

type CoverageTask = Pick<GoTask, 'id' | 'root' | 'dotenv' | 'dependencies' | 'targetConfiguration'> & {
  readonly options: CoverageExecutorOptions;
};
type Graph = Pick<ExecutorContext, 'projectGraph'>;
/** A test of this run that wrote no profile, and the directory of its project. */
interface Unmeasured {
  readonly id: string;
  readonly root: string;
}

/**
 * Merges what the tests that ran before have measured, writes it, and compares it with what is asked.
 *
 * @throws TaskError or Error with a message for the user.
 */
export async function reportCoverage(task: CoverageTask, graph: Graph, session: GoSession): Promise<Outcome> {
  const options = checkedOptions(task);
  const { workspaceRoot } = session;
  const outputPath = options.outputPath ?? posix.join('coverage/total', task.root);
  const problem = outputProblem(posix.join(outputPath, 'coverage.out'));
  if (problem) throw new TaskError(`${task.id}: its option outputPath is "${outputPath}": ${problem}.`);
  const roots = new Set(Object.values(graph.projectGraph?.nodes ?? {}).map(({ data }) => data.root));
  checkGlobs(task.id, options, roots);
  const { profile, tested, without } = profilesOf(task, graph, workspaceRoot);
  for (const { dir, text } of await countedByPrograms(options.data ?? [], session))
    profile.addProgram(text, `data: ${dir}`);
  const modules = modulesOf(graph, workspaceRoot);
  const isOwn = ownDirectories(modules, tested);
  const files = filesOf(
    profile,
    [...modules].sort((a, b) => Number(isOwn(b.dir)) - Number(isOwn(a.dir))),
  );
  const written = { profile, files, folder: join(workspaceRoot, outputPath) };
  await writeReports(options.formats ?? ['text'], written, session, resolve(workspaceRoot, task.root));
  const asked = (root: string): number | undefined => (isOwn(root) ? minimumOf(root, options.minimum) : undefined);
  const projects = byProject(files, roots, asked);
  const lacking = projects.filter(({ statements, minimum }) => minimum !== undefined && isBelow(statements, minimum));
  const own = new Map([...files].filter(([file]) => isOwn(posix.dirname(file))));
  const changed = options.changed && (await changedText(own, options.changed, workspaceRoot));
  const unmeasured = unmeasuredText(without, projects, options.minimum);
  const text = table(projects) + unmeasured.text + (changed?.text ?? '') + `Written to ${outputPath}.\n`;
  return { success: lacking.length === 0 && unmeasured.success && changed?.success !== false, text };
}

/**
 * Whether a directory lies in a module whose tests are summed up. Of others, these tests run what they need: nothing is
 * asked of it here.
 */
function ownDirectories(modules: readonly CoveredModule[], tested: readonly string[]): (dir: string) => boolean {
  const dirs = new Set(modules.map(({ dir }) => dir));
  const moduleOf = (dir: string): string | undefined => nearestDir(dir, (one) => dirs.has(one));
  const own = new Set(tested.map(moduleOf));
  return (dir) => own.has(moduleOf(dir));
}

/** A glob that is misspelt would ask for nothing. */
function checkGlobs(id: string, { minimum }: CoverageExecutorOptions, roots: ReadonlySet<string>): void {
  const [glob] = unmatched(minimum, roots);
  if (glob === undefined) return;
  throw new TaskError(
    `${id}: its option minimum names ${JSON.stringify(glob)}, which no project matches. ` +
      `Write globs of the directories of projects, from the workspace root, such as "services/*".`,
  );
}

/** A test without a profile fails where something is asked of its project, and no other test measures that. */
function unmeasuredText(
  without: readonly Unmeasured[],
  measured: readonly ProjectCoverage[],
  minimum: CoverageExecutorOptions['minimum'],
): Outcome {
  const roots = new Set(measured.map(({ root }) => root));
  const lines = without.map(({ id, root }) => ({ id, asked: roots.has(root) ? 0 : (minimumOf(root, minimum) ?? 0) }));
  const text = lines.map(
    ({ id, asked }) => `${id} wrote no profile: ${asked > 0 ? `lacks ${asked} %` : 'not counted'}\n`,
  );
  return { success: lines.every(({ asked }) => asked <= 0), text: text.join('') };
}

function checkedOptions(task: CoverageTask): CoverageExecutorOptions {
  const { clash } = targetFacts(task.targetConfiguration) ?? {};
  if (clash) throw new TaskError(`nx-gopher does not run ${task.id}: ${clash}`);
  const wrong = wrongOptions('coverage', task.options);
  if (wrong) throw new TaskError(wrong);
  return filledTask(task);
}

/** The profiles of the tests of this run, restored or made. */
function profilesOf({ id, dependencies }: CoverageTask, { projectGraph }: Graph, workspaceRoot: string) {
  const profile = new Profile();
  const without: Unmeasured[] = [];
  const tested: string[] = [];
  let found = 0;
  for (const { project, target, outputs } of dependencies) {
    const data = projectGraph?.nodes[project]?.data;
    if (!data || kindOfTarget(data.targets?.[target]) !== 'test') continue;
    const texts = outputs.flatMap((path): [string, string][] => {
      const text = isFile(join(workspaceRoot, path)) ? textOf(join(workspaceRoot, path)) : undefined;
      // Other outputs are the seal, and what the project declares.
      const isProfile = path === defaultProfile(data.root) || text?.startsWith('mode: ');
      return text !== undefined && isProfile ? [[text, path]] : [];
    });
    if (texts.length === 0) without.push({ id: `${project}:${target}`, root: data.root });
    for (const [text, path] of texts) profile.add(text, path);
    tested.push(data.root);
    found += texts.length;
  }
  if (found > 0) return { profile, tested, without };
  const options = { test: { cover: true }, coverage: {} };
  const lines = JSON.stringify({ plugins: [{ plugin: 'nx-gopher', options }] });
  throw new TaskError(
    dependencies.length === 0
      ? `${id} sums up the tests that run before it, and none did. Run it without --exclude-task-dependencies.`
      : `The tests before ${id} measure no coverage. Turn it on in nx.json:\n  ${lines}`,
  );
}

/** The files of the workspace that a profile names. */
function filesOf(profile: Profile, modules: readonly CoveredModule[]): CoveredFiles {
  const place = filePlaces(modules);
  return new Map(
    [...profile.files].flatMap(([file, blocks]) => {
      const path = place(file);
      return path === undefined ? [] : [[path, blocks] as const];
    }),
  );
}

/** The modules of the workspace, of all projects that hold a go.mod. */
function modulesOf({ projectGraph }: Graph, workspaceRoot: string): CoveredModule[] {
  return Object.values(projectGraph?.nodes ?? {}).flatMap(({ data: { root } }) => {
    const text = textOf(join(workspaceRoot, root, 'go.mod'));
    const path = text === undefined ? undefined : modulePath(text);
    return path === undefined ? [] : [{ path, dir: root || '.' }];
  });
}

async function changedText(
  files: CoveredFiles,
  { base, minimum }: NonNullable<CoverageExecutorOptions['changed']>,
  workspaceRoot: string,
): Promise<Outcome> {
  const { lines, missed } = ofChanged(files, await changedLines(workspaceRoot, base));
  const success = !isBelow(lines, minimum);
  const percent = `${percentOf(lines).toFixed(1)} %${success ? '' : `; ${minimum} % are asked`}`;
  const head = `Lines changed since ${base}: ${lines.covered} of ${lines.all} run, ${percent}\n`;
  const list = [...missed].map(([file, numbers]) => `  ${file}: ${ranges(numbers)} not run\n`);
  return { success, text: head + list.join('') };
}
