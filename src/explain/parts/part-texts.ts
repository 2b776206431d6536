import type { ProjectGraph } from '@nx/devkit';
import { execa } from 'execa';

import { nameLines } from '../../doctor/settings.js';
import type { HashPart } from './hash-part.js';

/**
 * Says in words what a part that is no file was made from; undefined where that cannot be told, or is not to be written
 * down: the value of a variable may be a secret.
 */
export async function partText(
  root: string,
  graph: ProjectGraph,
  name: string,
  part: HashPart,
): Promise<string | undefined> {
  switch (part.kind) {
    case 'module':
    case 'manifest':
      return graph.externalNodes?.[name]?.data.hash;
    case 'configuration':
      return configurationText(graph, part.project);
    case 'command':
      return commandText(root, part.command);
    case 'variable':
      return part.name.startsWith('GO') ? (process.env[part.name] ?? '') : undefined;
    default:
      return undefined;
  }
}

/** What Nx hashes of a project's configuration. Projects that differ in nothing but their place have the same text. */
function configurationText(graph: ProjectGraph, project: string): string | undefined {
  const data = graph.nodes[project]?.data;
  if (!data) return undefined;
  const targets = Object.entries(data.targets ?? {}).map(([name, { executor, options, outputs, configurations }]) => [
    name,
    { executor, options, outputs, configurations },
  ]);
  const { root, tags, namedInputs } = data;
  const text = JSON.stringify({ root, tags, namedInputs, targets: Object.fromEntries(targets) });
  return root === '.' ? text : text.replaceAll(`${root}/`, '{projectRoot}/').replaceAll(`"${root}"`, '"{projectRoot}"');
}

/** Commands of ours alone: `go env` with names, as lines `NAME=value`, and the version of a compiler. */
async function commandText(root: string, command: string): Promise<string | undefined> {
  const isSettings = /^go (?:-C .+ )?env [A-Z0-9_ ]+$/.test(command);
  if (!isSettings && !/^\S+ --version$/.test(command)) return undefined;
  // Nx hands it to a shell, too.
  const { stdout } = await execa(command, { cwd: root, shell: true, reject: false, stdin: 'ignore' });
  if (typeof stdout !== 'string') return undefined;
  if (!isSettings) return stdout.split('\n')[0];
  return nameLines(command, stdout)
    .map(([name, value]) => `${name}=${value}`)
    .join('\n');
}
