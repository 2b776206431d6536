import { formatFiles, logger } from '@nx/devkit';
import type { Tree } from '@nx/devkit';

import { findGo, GoNotUsableError } from '../../go/process/command.js';
import { makeGoWork } from '../placing/new-module.js';
import { addGolangciConfiguration, addWorkflow } from './files.js';
import { isRegistered, nameSources, register, registerGoWorkSync } from './nx-json.js';
import type { InitGeneratorSchema } from './schema.js';

/** The directories that builds and tests write to by default. */
const WRITTEN = ['dist', 'coverage'];

/**
 * Registers the plugin in a workspace, and makes what else is asked for; `nx add nx-gopher` runs it.
 *
 * What the workspace has already stays as it is. A missing Go is a warning only: whoever adds the plugin need not be
 * the one who builds with it.
 */
export async function initGenerator(
  tree: Tree,
  options: InitGeneratorSchema = {},
  env: NodeJS.ProcessEnv = process.env,
): Promise<void> {
  if (!isRegistered(tree)) {
    register(tree);
    nameSources(tree);
    ignore(tree, WRITTEN);
  }
  if (options.goWork && !tree.exists('go.work')) {
    await makeGoWork(tree);
  }
  if (options.goWorkSync) {
    registerGoWorkSync(tree);
  }
  if (options.golangci) {
    addGolangciConfiguration(tree);
  }
  if (options.ci === 'github') {
    await addWorkflow(tree);
  }
  if (!options.skipFormat && tree.listChanges().length > 0) {
    await formatFiles(tree);
  }
  await warnWithoutGo(env);
}

export default initGenerator;

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
