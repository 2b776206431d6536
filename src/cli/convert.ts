import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { workspaceRoot, type GeneratorCallback, type Tree } from '@nx/devkit';

import { convertWorkspace } from '../generators/convert/convert-workspace.js';
import { peerUse } from '../generators/convert/peer-use.js';
import { PEERS, type PeerName } from '../generators/convert/peers.js';
import type { ConvertSchema } from '../generators/convert/schema.js';
import { flushChanges, FsTree } from '../nx/generator-tree.js';

const USAGE = `Usage: nx-gopher convert [nx-go|gonx] [options]

Moves a workspace from @nx-go/nx-go or @naxodev/gonx to nx-gopher, as \`nx generate nx-gopher:convert-from-…\` does. Nx
loads no plugin for it, so it works where the old one does not run under the installed Nx. Without a name it converts
from what the workspace uses.

  --dry-run                        prints what would change, and changes nothing
  --granularity <package|module>   what becomes a project; by default what fits the old projects
  --keep-names <true|false>        whether projects keep their names (true)
  --skip-package-json              leaves the old package in package.json
  --skip-format                    does not format the changed files`;

interface Call {
  readonly help: boolean;
  readonly from: readonly PeerName[];
  readonly dryRun: boolean;
  readonly schema: ConvertSchema;
}

/**
 * Converts the workspace, and prints the report and the changed files.
 *
 * @returns the exit code.
 * @throws Error when the arguments are wrong, or there is no nx.json.
 */
export async function convert(args: readonly string[]): Promise<number> {
  const { help, from, dryRun, schema } = parseCall(args);
  if (help) {
    console.log(USAGE);
    return 0;
  }
  if (!existsSync(join(workspaceRoot, 'nx.json')))
    throw new Error(`${workspaceRoot} has no nx.json. Run this in an Nx workspace, or run \`npx nx init\` first.`);
  const tree = new FsTree(workspaceRoot, false);
  const callbacks = await convertFrom(tree, from, schema);
  const changes = tree.listChanges();
  for (const { type, path } of changes) console.log(`${type} ${path}`);
  if (dryRun) console.log('\nNothing was written: this was a dry run.');
  else {
    flushChanges(workspaceRoot, changes);
    for (const callback of callbacks) await callback();
  }
  return 0;
}

/** Makes the conversions in the tree, and gives what is to run once they are written. */
async function convertFrom(
  tree: Tree,
  wanted: readonly PeerName[],
  schema: ConvertSchema,
): Promise<GeneratorCallback[]> {
  const peers = (Object.keys(PEERS) as PeerName[]).map((name) => ({ name, peer: PEERS[name](tree) }));
  const chosen = peers.filter(({ name, peer }) => (wanted.length ? wanted.includes(name) : peerUse(tree, peer)));
  if (chosen.length === 0)
    console.log(
      `Nothing to convert: the workspace uses none of ${peers.map(({ peer }) => peer.packageName).join(', ')}.`,
    );
  const callbacks: GeneratorCallback[] = [];
  for (const { peer } of chosen) callbacks.push(await convertWorkspace(tree, peer, schema));
  return callbacks;
}

function parseCall(args: readonly string[]): Call {
  try {
    return readCall(args);
  } catch (error) {
    throw new Error(`${(error as Error).message}\n\n${USAGE}`, { cause: error });
  }
}

function readCall(args: readonly string[]): Call {
  const { values, positionals } = parseArgs({
    // Nx takes its generators' options in either way of writing.
    args: args.map((arg) =>
      arg.replace(/^--[^=]+/, (name) => name.replace(/[A-Z]/g, (big) => `-${big.toLowerCase()}`)),
    ),
    allowPositionals: true,
    options: {
      'dry-run': { type: 'boolean', short: 'd' },
      granularity: { type: 'string' },
      'keep-names': { type: 'string' },
      'skip-package-json': { type: 'boolean' },
      'skip-format': { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const [from, ...more] = positionals;
  if (more.length || (from !== undefined && !Object.hasOwn(PEERS, from)))
    throw new Error(`It converts from ${Object.keys(PEERS).join(' or ')}, not from ${positionals.join(' ')}.`);
  const granularity = oneOf('granularity', values.granularity, ['package', 'module']);
  const keepNames = oneOf('keep-names', values['keep-names'], ['true', 'false']);
  return {
    help: values.help ?? false,
    from: from === undefined ? [] : [from as PeerName],
    dryRun: values['dry-run'] ?? false,
    schema: {
      ...(granularity ? { granularity } : {}),
      keepNames: keepNames !== 'false',
      skipPackageJson: values['skip-package-json'] ?? false,
      skipFormat: values['skip-format'] ?? false,
    },
  };
}

function oneOf<Value extends string>(
  name: string,
  value: string | undefined,
  known: readonly Value[],
): Value | undefined {
  if (value === undefined || (known as readonly string[]).includes(value)) return value as Value | undefined;
  throw new Error(`--${name} is ${JSON.stringify(value)}, but takes ${known.join(' or ')}.`);
}
