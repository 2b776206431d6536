import {
  copyFileSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

import type { Settings } from '../../testing/measuring/measure.js';
import { mustRun, type Environment } from '../../testing/workspace/command.js';
import { writeFiles } from '../../testing/workspace/files.js';
import { installation, pluginTarball } from '../../testing/workspace/installation.js';
import { NX_24 } from '../../testing/workspace/nx-versions.js';
import { temporaryFolder } from '../../testing/workspace/temporary-folder.js';
import { linkNodeModules } from '../../testing/workspace/workspace.js';
import { removeFolder, Subject } from './subject.js';

/**
 * Copies a git repository as it lies in its work tree, what git ignores left out, and puts Nx and the plugin into the
 * copy. The original is only read.
 *
 * @param prepare words of a command that makes what git ignores and Go code embeds.
 */
export async function copySubject(original: string, prepare: readonly string[]): Promise<Subject> {
  const base = await ownEnvironment(original);
  const root = mkdtempSync(join(temporaryFolder('workspaces'), `${basename(original)}-`));
  await copyFiles(original, root, base);
  await installPlugin(original, root, base);
  addPlugin(root);
  const [command, ...args] = prepare;
  if (command) await mustRun(command, args, root, base);
  await mustRun('git', ['init', '--quiet', '--initial-branch=main'], root, base);
  // Git is to see files as go does, and to put them back byte for byte.
  writeFiles(root, { '.git/info/attributes': '* -text -ident -filter -working-tree-encoding\n' });
  await mustRun('git', ['add', '--all'], root, base);
  const identity = [
    '-c',
    'user.name=exactness',
    '-c',
    'user.email=exactness@example.org',
    '-c',
    'commit.gpgsign=false',
  ];
  await mustRun('git', [...identity, 'commit', '--quiet', '--message', 'start'], root, base);
  return Subject.open({
    root,
    environment: (settings) => withSettings(base, settings),
    prepare: command ? [command, ...args] : undefined,
    dispose: () => removeFolder(root),
  });
}

/** The user's environment, with what go keeps in its own settings file made visible, and go's cache left alone. */
async function ownEnvironment(original: string): Promise<Environment> {
  const known = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  // What npm sets for the scripts it runs is none of the workspace's business.
  const own = Object.fromEntries(known.filter(([name]) => !/^(npm_|NX_|NODE_OPTIONS$|INIT_CWD$)/i.test(name)));
  const { stdout } = await mustRun('go', ['env', 'GOFLAGS'], original, own);
  return {
    ...own,
    GOFLAGS: stdout.trim(),
    GOCACHE: temporaryFolder('go-cache'),
    NX_DAEMON: 'false',
    NX_NO_CLOUD: 'true',
    NX_TUI: 'false',
    NX_INTERACTIVE: 'false',
    NX_SKIP_VERSION_CHECK: 'true',
    GIT_CONFIG_GLOBAL: '/dev/null',
  };
}

function withSettings(base: Environment, settings: Settings): Environment {
  // Flags that the user has set stay in force beside those of a mutation.
  const goflags = [base['GOFLAGS'], settings['GOFLAGS']].filter(Boolean).join(' ');
  const all = Object.entries({ ...base, ...settings, GOFLAGS: goflags });
  return Object.fromEntries(all.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

async function copyFiles(original: string, root: string, env: Environment): Promise<void> {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const { stdout } = await mustRun('git', args, original, env);
  for (const path of new Set(stdout.split('\0').filter(Boolean))) {
    const [from, to] = [join(original, path), join(root, path)];
    const stats = lstatSync(from, { throwIfNoEntry: false });
    if (!stats || stats.isDirectory()) continue;
    mkdirSync(dirname(to), { recursive: true });
    if (stats.isSymbolicLink()) symlinkSync(readlinkSync(from), to);
    else copyFileSync(from, to);
  }
}

/** A workspace without Nx gets the one that the plugin is tested with; one with Nx keeps its own. */
async function installPlugin(original: string, root: string, env: Environment): Promise<void> {
  const modules = join(original, 'node_modules');
  if (existsSync(join(modules, 'nx'))) {
    cpSync(modules, join(root, 'node_modules'), { recursive: true, verbatimSymlinks: true });
    const flags = ['--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    await mustRun('npm', ['install', ...flags, await pluginTarball()], root, env);
    return;
  }
  const installed = await installation(NX_24);
  for (const name of ['package.json', 'package-lock.json']) {
    if (!existsSync(join(root, name))) copyFileSync(join(installed.folder, name), join(root, name));
  }
  await linkNodeModules(installed.folder, root);
}

/** Sees to it that nx.json has the plugin, and that git ignores what Nx and npm write. */
function addPlugin(root: string): void {
  const file = join(root, 'nx.json');
  const nxJson = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { plugins?: unknown[] }) : {};
  const plugins = nxJson.plugins ?? [];
  if (!JSON.stringify(plugins).includes('"nx-gopher"')) {
    writeFileSync(file, `${JSON.stringify({ ...nxJson, plugins: [...plugins, 'nx-gopher'] }, null, 2)}\n`);
  }
  const ignores = join(root, '.gitignore');
  const text = existsSync(ignores) ? readFileSync(ignores, 'utf8') : '';
  const missing = ['node_modules', '.nx', '/dist'].filter((line) => !text.split('\n').includes(line));
  if (missing.length) writeFileSync(ignores, `${text}\n${missing.join('\n')}\n`);
}
