import { formatFiles, logger, parseJson, readNxJson, updateNxJson, writeJson } from '@nx/devkit';
import type { NxJsonConfiguration, Tree } from '@nx/devkit';
import { findGo, GoNotUsableError } from '../../go/command.js';
import { insertPlugin } from './insert-plugin.js';
import type { InitGeneratorSchema } from './schema.js';

const PLUGIN = 'nx-gopher';

/** The directories that builds and tests write to by default. */
const WRITTEN = ['dist', 'coverage'];

/**
 * Registers the plugin in a workspace; `nx add nx-gopher` runs it.
 *
 * A workspace that has the plugin already stays as it is. A missing Go is a warning only: whoever adds the
 * plugin need not be the one who builds with it.
 */
export async function initGenerator(
  tree: Tree,
  options: InitGeneratorSchema = {},
  env: NodeJS.ProcessEnv = process.env,
): Promise<void> {
  if (!isRegistered(readNxJson(tree))) {
    register(tree);
    ignore(tree, WRITTEN);
    if (!options.skipFormat) {
      await formatFiles(tree);
    }
  }
  await warnWithoutGo(env);
}

export default initGenerator;

function isRegistered(nxJson: NxJsonConfiguration | null): boolean {
  return (nxJson?.plugins ?? []).some((plugin) => (typeof plugin === 'string' ? plugin : plugin.plugin) === PLUGIN);
}

/** Adds the plugin as a text edit, which keeps comments, and through devkit where that does not do. */
function register(tree: Tree): void {
  const nxJson: NxJsonConfiguration = readNxJson(tree) ?? {};
  const wanted = { ...nxJson, plugins: [...(nxJson.plugins ?? []), PLUGIN] };
  const text = tree.read('nx.json', 'utf-8');
  if (text === null) {
    writeJson(tree, 'nx.json', wanted);
    return;
  }
  const edited = insertPlugin(text, PLUGIN);
  if (edited !== undefined && !nxJson.extends && reads(edited, wanted)) {
    tree.write('nx.json', edited);
  } else {
    updateNxJson(tree, wanted);
  }
}

function reads(text: string, wanted: NxJsonConfiguration): boolean {
  try {
    return JSON.stringify(parseJson(text)) === JSON.stringify(wanted);
  } catch {
    return false;
  }
}

function ignore(tree: Tree, directories: readonly string[]): void {
  const text = tree.read('.gitignore', 'utf-8') ?? '';
  const ignored = new Set(text.split(/\r?\n/).map(ignoredDirectory));
  const missing = directories.filter((directory) => !ignored.has(directory));
  if (missing.length === 0) {
    return;
  }
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const before = text === '' || text.endsWith('\n') ? text : text + newline;
  tree.write('.gitignore', before + missing.map((directory) => directory + newline).join(''));
}

/** The directory that a line of .gitignore ignores as a whole, however it is written: `dist`, `/dist/`, `dist/**`. */
function ignoredDirectory(line: string): string {
  return line
    .trim()
    .replace(/^(\*\*\/|\/)/, '')
    .replace(/\/\*{0,2}$/, '');
}

async function warnWithoutGo(env: NodeJS.ProcessEnv): Promise<void> {
  try {
    await findGo(process.cwd(), env);
  } catch (error) {
    if (!(error instanceof GoNotUsableError)) {
      throw error;
    }
    logger.warn(`${error.message}\nUntil then the Go projects are shown but their tasks fail.`);
  }
}
