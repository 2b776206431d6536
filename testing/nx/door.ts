import { createHash, randomUUID } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { jest } from '@jest/globals';
import { build } from 'esbuild';

import { mustRun } from '../workspace/command.js';
import { publishedInstallation } from '../workspace/installation.js';
import { NX_23, NX_24, type NxVersion } from '../workspace/nx-versions.js';
import { temporaryFolder } from '../workspace/temporary-folder.js';

const SOURCES = fileURLToPath(new URL('../../src/nx', import.meta.url));

// Nx is installed where no earlier run has left it.
jest.setTimeout(300_000);

/** The files of src/nx as they work with one version of Nx: compiled, and run in processes that find no other Nx. */
class NxDoor {
  #folder: Promise<string> | undefined;
  readonly version: string;

  constructor(private readonly nx: NxVersion) {
    this.version = nx.nx;
  }

  /**
   * Runs a function in a process of its own.
   *
   * @param cwd the workspace that Nx takes for its own.
   * @param file of src/nx, without its ending.
   * @param action gets the file's exports and `args`, refers to nothing else, and returns what JSON holds; so are
   * `args`.
   */
  async run<Module, Args extends readonly unknown[], Result>(
    cwd: string,
    file: string,
    action: (module: Module, ...args: Args) => Result | Promise<Result>,
    ...args: Args
  ): Promise<Result> {
    const folder = await (this.#folder ??= openDoor(this.nx));
    const script = join(folder, `${randomUUID()}.mjs`);
    writeFileSync(
      script,
      `const result = await (${action.toString()})(await import('./${file}.js'), ...${JSON.stringify(args)});
      process.stdout.write('\\n' + (JSON.stringify(result) ?? 'null'), () => process.exit());`,
    );
    try {
      const { stdout } = await mustRun(process.execPath, [script], cwd, ENVIRONMENT);
      return JSON.parse(stdout.slice(stdout.lastIndexOf('\n') + 1)) as Result;
    } finally {
      rmSync(script);
    }
  }
}

const ENVIRONMENT = { PATH: process.env['PATH'] ?? '', HOME: temporaryFolder('homes', 'nx-door'), NX_DAEMON: 'false' };

/** A folder with the compiled files and the version's node_modules; kept for the next run. */
async function openDoor(version: NxVersion): Promise<string> {
  const installed = await publishedInstallation(version, {});
  const sources = readdirSync(SOURCES).filter((file) => /(?<!\.spec)\.ts$/.test(file));
  const digest = createHash('sha256').update(installed.folder);
  for (const file of sources) digest.update(`\0${file}\0`).update(readFileSync(join(SOURCES, file)));
  const folder = join(temporaryFolder('nx-doors'), `${version.nx}-${digest.digest('hex').slice(0, 16)}`);
  if (existsSync(folder)) return folder;
  const unfinished = `${folder}.unfinished-${randomUUID()}`;
  mkdirSync(unfinished);
  symlinkSync(join(installed.folder, 'node_modules'), join(unfinished, 'node_modules'), 'junction');
  writeFileSync(join(unfinished, 'package.json'), '{ "type": "module" }');
  await build({
    entryPoints: sources.map((file) => join(SOURCES, file)),
    outdir: unfinished,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
  });
  try {
    renameSync(unfinished, folder);
  } catch (error) {
    // Another process has made the same in the meantime.
    if (!existsSync(folder)) throw error;
    rmSync(unfinished, { recursive: true });
  }
  return folder;
}

/** One for each supported version of Nx, or for the version alone that NX_GOPHER_NX names, e.g. one to come. */
export const NX_DOORS: readonly NxDoor[] = versions().map((version) => new NxDoor(version));

function versions(): readonly NxVersion[] {
  const one = process.env['NX_GOPHER_NX'];
  return one ? [{ nx: one, devkit: one, selectsTasks: true }] : [NX_23, NX_24];
}
