import { closeSync, openSync, readdirSync, readFileSync, readSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { run, type CommandResult } from '../../../testing/workspace/command.js';
import { environment } from '../../../testing/workspace/environment.js';
import { internetModules } from '../../../testing/workspace/internet-modules.js';
import { temporaryFolder } from '../../../testing/workspace/temporary-folder.js';
import { digestOfFile } from '../../../testing/truth/digests.js';

/** A task of the old plugin. */
export interface GoTask {
  readonly id: string;
  readonly kind: 'build' | 'test';
}

/** How a task ended, and the binaries it made: digests by path from the workspace root. */
export interface Outcome {
  readonly passed: boolean;
  readonly output: string;
  readonly binaries: Readonly<Record<string, string>>;
}

interface GraphFile {
  readonly graph: {
    readonly nodes: Readonly<
      Record<string, { readonly data: { readonly targets?: Readonly<Record<string, { executor?: string }>> } }>
    >;
  };
}

/** The builds and tests of a peer's in a workspace, by the graph that its own Nx makes. */
export async function goTasks(root: string, peer: string): Promise<GoTask[]> {
  const { exitCode, output } = await nx(root, ['graph', '--file=nx-graph.json']);
  if (exitCode !== 0) throw new Error(`Nx makes no graph in ${root}:\n${output}`);
  const { graph } = JSON.parse(readFileSync(join(root, 'nx-graph.json'), 'utf8')) as GraphFile;
  rmSync(join(root, 'nx-graph.json'));
  return Object.entries(graph.nodes).flatMap(([project, { data }]) =>
    Object.entries(data.targets ?? {}).flatMap(([target, { executor }]) => {
      const kind = (['build', 'test'] as const).find((one) => executor === `${peer}:${one}`);
      return kind ? [{ id: `${project}:${target}`, kind }] : [];
    }),
  );
}

/** Runs a task without a cache; what binaries there were are removed first. */
export async function outcome(root: string, { id, kind }: GoTask): Promise<Outcome> {
  const before = binaries(root);
  const { exitCode, output } = await nx(
    root,
    ['run', id, '--skip-nx-cache'],
    kind === 'build' ? { CGO_ENABLED: '0' } : {},
  );
  const written = Object.entries(binaries(root)).filter(([path, digest]) => before[path] !== digest);
  for (const [path] of written) rmSync(join(root, path));
  return { passed: exitCode === 0, output, binaries: Object.fromEntries(written) };
}

/** Nx of the workspace, with go's flags that make both plugins' binaries the same from any directory. */
export function nx(
  root: string,
  args: readonly string[],
  settings: Readonly<Record<string, string>> = {},
): Promise<CommandResult> {
  const go = { ...internetModules(), GOFLAGS: '-trimpath -buildvcs=false', GOCACHE: temporaryFolder('go-cache') };
  const env = environment({ HOME: temporaryFolder('homes', 'conversions'), ...go, ...settings });
  return run(join(root, 'node_modules/.bin/nx'), args, root, env);
}

/** Digests of all ELF and Mach-O files that are not below node_modules. */
function binaries(root: string): Record<string, string> {
  const files = readdirSync(root, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !/[\\/](node_modules|\.git|\.nx)([\\/]|$)/.test(entry.parentPath))
    .map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(files.filter(isBinary).map((file) => [file.slice(root.length + 1), digestOfFile(file)]));
}

function isBinary(file: string): boolean {
  const start = Buffer.alloc(4);
  const handle = openSync(file, 'r');
  readSync(handle, start, 0, 4, 0);
  closeSync(handle);
  return ['7f454c46', 'cffaedfe'].includes(start.toString('hex'));
}
