import { join, posix } from 'node:path';

import fastGlob from 'fast-glob';
import { minimatch } from 'minimatch';

import { MANIFESTS } from '../../facts/manifests.js';
import type { GeneratorFacts } from '../../facts/generator-facts.js';
import { buildConfigurationFlags } from '../../go/configuration/build-configuration.js';
import { runGo } from '../../go/process/command.js';
import { parseJsonRecords } from '../../go/process/json-records.js';
import { workspaceFiles } from '../../nx/workspace-files.js';
import { fromRoot, isInWorkspace, nearestDir } from '../../paths.js';
import { taskEnvironment, type GoSession } from '../task/session.js';
import { TaskError } from '../task/task-error.js';
import type { ReadyTask } from '../task/task.js';

const KINDS = [
  ...['GoFiles', 'CgoFiles', 'CFiles', 'CXXFiles', 'MFiles', 'HFiles', 'FFiles', 'SFiles', 'SwigFiles', 'SwigCXXFiles'],
  ...['SysoFiles', 'EmbedFiles', 'TestGoFiles', 'XTestGoFiles', 'TestEmbedFiles', 'XTestEmbedFiles'],
] as const;
const TESTS = /Test/;

type ListedPackage = { readonly [Kind in (typeof KINDS)[number]]?: readonly string[] } & {
  readonly Dir?: string;
  readonly Standard?: boolean;
  readonly ForTest?: string;
};

/**
 * The files that a copy of the workspace needs for a task's generators, from its root: those that the inputs name, so
 * that what no input names cannot be read, and the manifests.
 */
export async function copiedFiles(task: ReadyTask, facts: GeneratorFacts, session: GoSession): Promise<Set<string>> {
  const { workspaceRoot, projectGraph } = session;
  const roots = new Set(Object.values(projectGraph?.nodes ?? {}).map(({ data }) => data.root || '.'));
  const dirs = new Set(task.packages.map(({ dir }) => fromRoot(workspaceRoot, dir)));
  const isManifest = (path: string): boolean =>
    dirs.has(posix.dirname(path)) && minimatch(posix.basename(path), `{${MANIFESTS.join(',')}}`);
  const isOwn = (path: string): boolean =>
    !isManifest(path) &&
    (facts.own.every((glob) => !glob.endsWith('**/*')) || nearestDir(path, (dir) => roots.has(dir)) === task.root);
  const own = (await workspaceFiles(workspaceRoot, [...facts.own])).filter(isOwn);
  const named = [...facts.files, ...facts.outputs];
  const ignore = ['**/node_modules/**', '.git/**', '.nx/**'];
  const onDisk = await fastGlob(named, { cwd: workspaceRoot, dot: true, ignore, followSymbolicLinks: false });
  const manifests = ['go.mod', 'go.sum', 'go.work', 'go.work.sum'].flatMap((name) => [name, `**/${name}`]);
  const listed = await workspaceFiles(workspaceRoot, manifests);
  const { workFile, moduleDir } = task.module;
  const inForce = [
    ...(workFile ? [workFile, `${workFile}.sum`] : []),
    join(moduleDir, 'go.mod'),
    join(moduleDir, 'go.sum'),
  ];
  const compiled = await compiledFiles(task, facts, session);
  return new Set([
    ...own,
    ...onDisk,
    ...listed,
    ...inForce.map((path) => fromRoot(workspaceRoot, path)),
    ...compiled.filter((path) => isInWorkspace(path)),
  ]);
}

/** What go compiles of the task's packages and of those that they, their tests and the commands name. */
async function compiledFiles(task: ReadyTask, { named }: GeneratorFacts, session: GoSession): Promise<string[]> {
  const { workspaceRoot } = session;
  const where = { cwd: task.module.cwd, env: taskEnvironment(task) };
  const fields = `-json=Dir,Standard,ForTest,${KINDS.join(',')}`;
  const args = ['list', '-e', '-deps', fields, ...buildConfigurationFlags(task.options)];
  const own = task.packages.map(({ pattern }) => pattern);
  const others = named.map((dir) => join(workspaceRoot, dir));
  const lists = [
    await runGo(await session.go(), [...args, '-test', ...own], where),
    ...(others.length > 0 ? [await runGo(await session.go(), [...args, ...others], where)] : []),
  ];
  return lists.flatMap(({ exitCode, stdout, stderr }) => {
    if (exitCode !== 0) throw new TaskError(stderr);
    return parseJsonRecords<ListedPackage>(stdout).flatMap((pkg) => filesOf(pkg, workspaceRoot));
  });
}

function filesOf(pkg: ListedPackage, workspaceRoot: string): string[] {
  const { Dir: dir, Standard: standard, ForTest: forTest } = pkg;
  if (dir === undefined || standard) return [];
  const kinds = KINDS.filter((kind) => forTest !== undefined || !TESTS.test(kind));
  // A test's package lists files that go writes, by their absolute paths.
  const names = kinds.flatMap((kind) => pkg[kind] ?? []).filter((name) => !name.startsWith('/'));
  return names.map((name) => fromRoot(workspaceRoot, join(dir, name)));
}
