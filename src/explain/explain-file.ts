import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';

import { isGoDirectory } from '../workspace/discover.js';
import { SOURCE_KINDS } from '../go/sources/source-kinds.js';
import type { Package } from '../go/listing/package.js';
import { hashPart } from './parts/hash-part.js';
import { globDirs, matchesGlobs } from './parts/listed-files.js';
import type { TaskPackages, WorkspacePackages } from './packages/workspace-packages.js';
import { taskName, type WorkspaceTasks } from './workspace-tasks.js';

/** A task whose hash holds a file, with the directories of the packages by which it comes to it. */
export interface FileHolder {
  readonly task: string;
  readonly chain?: readonly string[];
}

/** The Go tasks whose hash holds a file, sorted. @param file from the workspace's root, with forward slashes. */
export async function holdersOf(
  file: string,
  tasks: WorkspaceTasks,
  packages: WorkspacePackages,
): Promise<FileHolder[]> {
  const hashes = await tasks.hashes(tasks.all());
  const holding = new Set(
    [...new Set([...hashes.values()].flatMap(({ parts }) => Object.keys(parts)))].filter((part) => isAmong(file, part)),
  );
  const holders = [...hashes].flatMap(([id, { parts }]) =>
    Object.keys(parts).some((one) => holding.has(one)) ? [id] : [],
  );
  return Promise.all(
    holders.sort().map(async (task) => {
      const name = taskName(task, tasks.graph);
      const chain = name && (await packages.of(name, tasks.graph))?.chainTo(file);
      return { task, ...(chain ? { chain } : {}) };
    }),
  );
}

/** Whether one of the parts of a hash, by their names, means a file, be it there or not. */
export function isInParts(file: string, parts: readonly string[]): boolean {
  return parts.some((part) => isAmong(file, part));
}

function isAmong(file: string, name: string): boolean {
  const part = hashPart(name);
  return part.kind === 'files' && part.globs.some((glob) => couldMean(glob, file)) && matchesGlobs(file, part.globs);
}

/** Spares most matching: whether a file lies below what the glob begins with. */
function couldMean(glob: string, file: string): boolean {
  return glob[0] !== '!' && globDirs(glob).some((dir) => dir === '.' || file.startsWith(`${dir}/`));
}

/** Why a task's hash does not hold a file that could be expected there, in one sentence. */
export function whyNot(file: string, root: string, packages: TaskPackages | undefined): string {
  if (!existsSync(join(root, file))) return 'There is no such file.';
  const dir = posix.dirname(file);
  if (!packages) return 'The task’s packages cannot be listed.';
  const pkg = packages.packageOf(file);
  const isImported = pkg && packages.chainTo(file);
  if (!isGoDirectory(dir) && !isImported)
    return `The go command does not look into ${dir}: vendor, testdata, node_modules and names that begin with _ or a dot are left out.`;
  if (!pkg) return 'No package of the workspace is in its directory.';
  if (!isImported) {
    const tests = packages.tests ? ', not by its tests either' : '';
    return `Package ${pkg.dir} is not imported by ${packages.roots.map((one) => one.dir).join(', ')}${tests}.`;
  }
  return whyNotInPackage(posix.relative(pkg.dir, file), pkg, packages);
}

function whyNotInPackage(name: string, pkg: Package, { roots, tests }: TaskPackages): string {
  const isOwn = roots.includes(pkg);
  if (pkg.ignoredFiles.includes(name)) return 'Its build constraints, or its name, leave it out of this build.';
  if (name.endsWith('_test.go'))
    return tests && !isOwn ? `Only ${pkg.dir}’s own tests compile it.` : 'It is a test, and this task runs none.';
  if (/^[._]/.test(name)) return 'The go command leaves out files whose names begin with _ or a dot.';
  const isSource = SOURCE_KINDS.includes(posix.extname(name).slice(1)) && !name.includes('/');
  return isSource
    ? 'The go command does not compile it in this build.'
    : 'It is no source file of Go, and no //go:embed line names it.';
}
