import { posix } from 'node:path';

import { offsetFromRoot, readJson, readNxJson, writeJson, type Tree } from '@nx/devkit';

import { pluginEntries } from '../../plugin-entries.js';
import { keepingComments } from '../jsonc/keeping-comments.js';

interface Targets {
  readonly [name: string]: { readonly options?: Readonly<Record<string, unknown>> } | undefined;
}

/**
 * Writes down that a Lambda function in the directory of a go.mod or go.work is packaged as a zip: the graph infers a
 * format from imports everywhere but there. What its project.json says already stays.
 */
export function declareZip(tree: Tree, dir: string): void {
  const ownsManifest = ['go.mod', 'go.work'].some((name) => tree.exists(posix.join(dir, name)));
  const target = archiveTarget(tree);
  if (!ownsManifest || target === undefined) return;
  const file = posix.join(dir, 'project.json');
  const schema = `${offsetFromRoot(dir)}node_modules/nx/schemas/project-schema.json`;
  const project = tree.exists(file) ? readJson<{ targets?: Targets }>(tree, file) : { $schema: schema };
  const targets: Targets = ('targets' in project && project.targets) || {};
  const written = targets[target];
  if (written?.options?.['format'] !== undefined) return;
  const changed = { ...targets, [target]: { ...written, options: { ...written?.options, format: 'zip' } } };
  keepingComments(tree, file, () => writeJson(tree, file, { ...project, targets: changed }));
}

/** What nx.json calls the package target; undefined where it switches the target off. */
function archiveTarget(tree: Tree): string | undefined {
  const [options] = pluginEntries(readNxJson(tree) ?? undefined);
  if (options?.['package'] === false) return undefined;
  return (options?.['package'] as { targetName?: string } | undefined)?.targetName ?? 'package';
}
