import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import {
  createProjectGraphAsync,
  NX_VERSION,
  readJsonFile,
  type NxJsonConfiguration,
  type ProjectGraph,
  type TargetConfiguration,
} from '@nx/devkit';

import { runGo } from '../go/process/command.js';
import type { Package } from '../go/listing/package.js';
import { packageFile } from '../package-root.js';
import { openWorkspace } from '../workspace/load.js';
import type { Diagnosis } from './diagnosis.js';
import { digests, outsideHeaders, outsideLinks } from './files.js';
import { Git } from './git.js';
import { hashedFiles } from './hashed-files.js';
import { readSettings } from './settings.js';
import { buildConfigurations, goTargets, missingSourcesInputs, runtimeInputs, taskState } from './tasks.js';

const PLUGIN_VERSION = (JSON.parse(readFileSync(packageFile('package.json'), 'utf8')) as { version: string }).version;

/** Variables with which Nx does not use a cache, or not a remote one. */
const CACHE_VARIABLES = ['NX_SKIP_NX_CACHE', 'NX_DISABLE_NX_CACHE', 'NX_SKIP_REMOTE_CACHE', 'NX_DISABLE_REMOTE_CACHE'];

/** Settings that `go env -changed` names on every machine that builds what this one does, or that are paths. */
const UNIMPORTANT =
  /^(GOPATH|GOBIN|GOCACHE|GOMODCACHE|GOTMPDIR|GOENV|GOPROXY|GONO\w+|GOPRIVATE|GOSUMDB|GOMOD|GOWORK|GOROOT|GOTELEMETRY\w*|GOGCCFLAGS|GODEBUG|GOAUTH|GOVCS)$/;

/** Examines a workspace on this machine: computes the project graph, and asks go, git and the compilers. */
export async function examine(root: string): Promise<Diagnosis> {
  const graph = await createProjectGraphAsync({ exitOnError: false });
  const targets = goTargets(graph);
  const files = await hashedFiles(graph, root, targets.keys());
  const git = new Git(root);
  const { settings, uses } = await readSettings(root, runtimeInputs(targets.values()));
  return {
    version: 1,
    plugin: PLUGIN_VERSION,
    nx: NX_VERSION,
    commit: await git.commit(),
    uncommitted: digests(root, await git.uncommitted()),
    settings,
    uses,
    changed: await changedSettings(root),
    modules: modules(graph),
    ignored: digests(root, await git.ignored(files)),
    outside: [...outsideLinks(root, files), ...outsideHeaders(await listPackages(root, targets.values()))],
    tasks: Object.fromEntries([...targets].map(([task, target]) => [task, taskState(target)])),
    missingInputs: missingSourcesInputs(graph, readJsonFile<NxJsonConfiguration>(join(root, 'nx.json'))),
    cache: CACHE_VARIABLES.filter((name) => process.env[name] === 'true').map((name) => `${name}=true`),
  };
}

/** The packages as the build configurations of the targets see them, one after another. */
async function listPackages(root: string, targets: Iterable<TargetConfiguration>): Promise<Package[]> {
  const workspace = await openWorkspace(root);
  const configurations = buildConfigurations(targets);
  const listings = await Promise.all(
    workspace.groups.flatMap((group) => configurations.map((options) => workspace.list(group, options))),
  );
  return listings.flatMap(({ packages }) => [...packages.values()]);
}

/**
 * External nodes of Go by name, without the digest that it may end in; the hash of a module is that of its go.sum line.
 */
function modules({ externalNodes }: ProjectGraph): Record<string, string> {
  const nodes = Object.entries(externalNodes ?? {}).filter(([name]) => name.startsWith('go:'));
  return Object.fromEntries(
    nodes.map(([name, { data }]) => [name.replace(/#[0-9a-f]{8}$/, ''), data.hash ?? data.version]),
  );
}

async function changedSettings(root: string): Promise<Record<string, string>> {
  const { exitCode, stdout } = await runGo({ path: 'go', version: '' }, ['env', '-json', '-changed'], { cwd: root });
  if (exitCode !== 0) return {};
  const changed = Object.entries(JSON.parse(stdout) as Record<string, string>);
  return Object.fromEntries(changed.filter(([name]) => !UNIMPORTANT.test(name)));
}
