/**
 * Run as a program in a workspace: makes a listing of all groups, and prints which manifests it opened and how the
 * groups came out. A process of its own, since all that loads the file system's functions has to get those that count.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { basename, relative } from 'node:path';

const MANIFEST = /^(go\.mod|go\.sum|go\.work|go\.work\.sum|modules\.txt)$/;

/** What one computation did. */
export interface ManifestReads {
  /** Manifests from the workspace's root, each as often as it was opened. */
  readonly opened: readonly string[];
  /** By group and build configuration: how many packages were listed, and why go could not. */
  readonly listings: readonly { readonly packages: number; readonly failure?: string }[];
}

const root = process.cwd();
const opened: string[] = [];
const { openSync, readFileSync } = fs;
const record = (path: unknown): void => {
  if (typeof path === 'string' && MANIFEST.test(basename(path))) opened.push(relative(root, path));
};
// Whatever reads a file by its name does so by one of these.
fs.openSync = ((path: string, ...rest: [string]) => (record(path), openSync(path, ...rest))) as typeof openSync;
fs.readFileSync = ((path: string, ...rest: []) => (record(path), readFileSync(path, ...rest))) as typeof readFileSync;
syncBuiltinESMExports();

const { arrange } = await import('../../src/workspace/discover.js');
const { loadWorkspace } = await import('../../src/workspace/load.js');
const files = fs.readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => !file.startsWith('.nx'));
const manifests = files.filter((file) => MANIFEST.test(basename(file)));
const sources = files.filter((file) => file.endsWith('.go'));
const workspace = loadWorkspace(root, arrange(manifests, sources, { include: [], exclude: [] }), manifests);
const configurations = [{}, { goos: 'windows' }];
const listings = await Promise.all(
  workspace.groups.flatMap((group) => configurations.map((options) => workspace.list(group, options))),
);
workspace.save();
const reads: ManifestReads = {
  opened,
  listings: listings.map(({ packages, failure }) => ({ packages: packages.size, ...(failure ? { failure } : {}) })),
};
process.stdout.write(JSON.stringify(reads));
