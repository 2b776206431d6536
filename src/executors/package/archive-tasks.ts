import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, posix } from 'node:path';
import { setImmediate } from 'node:timers/promises';

import { ownValue } from '../../by-name.js';
import type { Archive, ArchivedBinary } from '../../facts/archive-facts.js';
import type { Job } from '../batch/jobs.js';
import type { PlanTasks } from '../batch/run-tasks.js';
import { TaskError } from '../task/task-error.js';
import type { GoSession } from '../task/session.js';
import { createStaging, place, stagingFolder } from '../output/staging.js';
import type { ArchiveEntry } from './archive-entry.js';
import { extraFiles, licenses } from './extra-files.js';
import { ociImage } from './oci-image.js';
import type { ArchiveTask } from './prepare-archive.js';
import type { PackageExecutorOptions } from './schema.js';
import { gzip, tar } from './tar.js';
import { zip } from './zip.js';

/** What AWS Lambda's runtime `provided.al2023` runs. */
const LAMBDA_PROGRAM = 'bootstrap';

/** Writes the archives of the tasks, a job for each task: compressing keeps a core busy. */
export const archiveTasks: PlanTasks<PackageExecutorOptions, ArchiveTask> = async (tasks, session, report) =>
  tasks.map((task): Job => ({
    tasks: [task],
    run: async () => {
      // Lets what was reported before reach Nx.
      await setImmediate();
      report(task.id, { success: true, text: await makeArchives(task, session) });
    },
  }));

/** Makes all archives of a task, and only then puts them in place. Returns a line for each, with its checksum. */
async function makeArchives(task: ArchiveTask, session: GoSession): Promise<string> {
  const { facts } = task;
  const { workspaceRoot } = session;
  const made: { path: string; content: Uint8Array }[] = [];
  for (const archive of facts.archives)
    made.push({ path: archive.path, content: await contentOf(task, archive, session) });
  const sums = made.map(({ path, content }) => `${sha256(content)}  ${basename(path)}\n`).join('');
  const written = facts.checksums ? [...made, { path: facts.checksums, content: Buffer.from(sums) }] : made;
  if (made.length === 0) throw new TaskError(`${task.id} has no archive to write.\n`);
  const staging = createStaging(stagingFolder(workspaceRoot));
  try {
    for (const { path, content } of written) writeFileSync(join(staging.dir, basename(path)), content);
    for (const { path } of written) place(join(staging.dir, basename(path)), join(workspaceRoot, path));
  } finally {
    staging.remove();
  }
  return made.map(({ path, content }) => `${path}  ${megabytes(content)}  sha256 ${sha256(content)}\n`).join('');
}

async function contentOf(task: ArchiveTask, archive: Archive, session: GoSession): Promise<Uint8Array> {
  const { facts, options } = task;
  const { workspaceRoot } = session;
  const extra = extraFiles(options.files, task.root, workspaceRoot);
  const program = async (binary: ArchivedBinary, name: string): Promise<ArchiveEntry> => {
    const path = join(workspaceRoot, await binaryPath(task, binary, session));
    const extension = name !== LAMBDA_PROGRAM && path.endsWith('.exe') ? '.exe' : '';
    return { path: `${name}${extension}`, content: readFileSync(path), executable: true };
  };
  const [binary] = archive.binaries;
  if (!binary) throw new TaskError(`${archive.path} has no binary.\n`);
  switch (options.format) {
    case 'zip':
      return zip(distinct([await program(binary, LAMBDA_PROGRAM), ...extra], archive));
    case 'image': {
      const path = `usr/local/bin/${facts.name}`;
      const platforms = [];
      for (const one of archive.binaries) {
        const { platform } = one;
        if (platform) platforms.push({ platform, entries: distinct([await program(one, path), ...extra], archive) });
      }
      return ociImage(platforms, path, { name: facts.name, ...options.image });
    }
    default: {
      const files = [await program(binary, facts.name), ...licenses(facts.licenses, workspaceRoot), ...extra];
      return gzip(await tar(distinct(files, archive)));
    }
  }
}

/** Where the build that this run made or restored has its binary, relative to the workspace root. */
async function binaryPath(
  task: ArchiveTask,
  { target, files }: ArchivedBinary,
  { workspaceRoot, sealing }: GoSession,
): Promise<string> {
  const built = task.dependencies.find((other) => other.project === task.project && other.target === target);
  // A binary of another system may lie next to it from an earlier run.
  const name = ownValue(files, built?.configuration ?? '') ?? files[''];
  const path = built?.outputs.find((output) => posix.basename(output) === name);
  if (path !== undefined && built && existsSync(join(workspaceRoot, path))) {
    const problem = await sealing?.problemOf(built);
    if (problem === undefined) return path;
    throw new TaskError(
      `${task.id} is not made: what the cache gave for ${built.id} is not what the task made: ${problem}.\n` +
        `It has been removed on this machine. Run the command again; if it came from a remote cache, remove the entry there ` +
        `first, or do without it: --skip-remote-cache.\n`,
    );
  }
  throw new TaskError(
    `The binary of ${task.project}:${target} does not exist. Run ${task.id} without --exclude-task-dependencies.\n`,
  );
}

function distinct(entries: readonly ArchiveEntry[], archive: Archive): readonly ArchiveEntry[] {
  const seen = new Set<string>();
  for (const { path } of entries) {
    if (seen.has(path)) {
      throw new TaskError(
        `Two files would be ${path} in ${archive.path}. Give one of them another place with the target of its entry in ` +
          `the option files.\n`,
      );
    }
    seen.add(path);
  }
  return entries;
}

function sha256(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

function megabytes(content: Uint8Array): string {
  return `${(content.length / 1_000_000).toFixed(1)} MB`;
}
