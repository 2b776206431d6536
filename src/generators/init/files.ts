import { detectPackageManager, generateFiles, getPackageManagerCommand, logger, readNxJson } from '@nx/devkit';
import type { Tree } from '@nx/devkit';

import { GOLANGCI_FILES } from '../../go/linting/linters.js';
import { packageFile } from '../../package-root.js';
import { GO_WORK_SYNC } from '../go-work-sync/generator.js';
import { directoriesWith } from '../placing/modules.js';

const WORKFLOW = '.github/workflows/nx-gopher.yml';

/** Makes a configuration of golangci-lint with its standard linters and gofmt, unless there is one. */
export function addGolangciConfiguration(tree: Tree): void {
  const existing = GOLANGCI_FILES.find((file) => tree.exists(file));
  if (existing !== undefined) {
    logger.info(`${existing} exists already and stays unchanged.`);
    return;
  }
  generateFiles(tree, templates('golangci'), '.', { dot: '.' });
}

/** Makes a workflow of GitHub Actions that builds, tests and vets what a change reaches, unless there is one. */
export async function addWorkflow(tree: Tree): Promise<void> {
  if (tree.exists(WORKFLOW)) {
    logger.info(`${WORKFLOW} exists already and stays unchanged.`);
    return;
  }
  const nxJson = readNxJson(tree);
  const packageManager = detectPackageManager(tree.root);
  const commands = getPackageManagerCommand(packageManager, tree.root);
  generateFiles(tree, templates('github'), '.', {
    dot: '.',
    branch: nxJson?.defaultBase ?? nxJson?.affected?.defaultBase ?? 'main',
    packageManager,
    install: commands.ciInstall,
    exec: commands.exec,
    versionFile: await goVersionFile(tree),
    syncs: nxJson?.sync?.globalGenerators?.includes(GO_WORK_SYNC) ?? false,
  });
}

/** The file that tells which Go the workspace is built with. */
async function goVersionFile(tree: Tree): Promise<string | undefined> {
  if (tree.exists('go.work')) {
    return 'go.work';
  }
  const [module] = await directoriesWith(tree, 'go.mod');
  return module === undefined ? undefined : `${module === '.' ? '' : `${module}/`}go.mod`;
}

function templates(folder: string): string {
  return packageFile('src/generators/init/files', folder);
}
