import { formatFiles, logger } from '@nx/devkit';
import type { Tree } from '@nx/devkit';

import { findGo, GoNotUsableError } from '../../go/process/command.js';
import { makeGoWork } from '../placing/new-module.js';
import { addAgentsSection } from './agents.js';
import { addEditorSettings } from './editor.js';
import { ignoreWritten } from './git-ignore.js';
import { addGolangciConfiguration, addWorkflow } from './files.js';
import { isRegistered, nameSources, register, registerGoWorkSync } from './nx-json.js';
import type { InitGeneratorSchema } from './schema.js';

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
    ignoreWritten(tree);
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
  if (options.editor === 'vscode') {
    addEditorSettings(tree);
  }
  if (options.agents) {
    addAgentsSection(tree);
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
