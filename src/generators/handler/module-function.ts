import { posix } from 'node:path';

import { offsetFromRoot, readJson, readNxJson, writeJson, type Tree } from '@nx/devkit';

import { pluginEntries } from '../../plugin-entries.js';
import { keepingComments } from '../jsonc/keeping-comments.js';

interface Targets {
  readonly [name: string]: { readonly options?: Readonly<Record<string, unknown>> } | undefined;
}

/** By target: what tells that a program is a Lambda function. */
const TOLD = [
  ['package', 'format', 'zip'],
  ['serve', 'lambda', true],
] as const;

/**
 * Writes down that a program in the directory of a go.mod or go.work is a Lambda function: the graph tells by imports
 * everywhere but there. What its project.json says already stays.
 */
export function declareFunction(tree: Tree, dir: string): void {
  const ownsManifest = ['go.mod', 'go.work'].some((name) => tree.exists(posix.join(dir, name)));
  if (!ownsManifest) return;
  const file = posix.join(dir, 'project.json');
  const schema = `${offsetFromRoot(dir)}node_modules/nx/schemas/project-schema.json`;
  const project = tree.exists(file) ? readJson<{ targets?: Targets }>(tree, file) : { $schema: schema };
  const targets: Targets = ('targets' in project && project.targets) || {};
  const changed = { ...targets };
  for (const [kind, option, value] of TOLD) {
    const target = targetName(tree, kind);
    if (target === undefined) continue;
    const written = targets[target];
    if (written?.options?.[option] !== undefined) continue;
    changed[target] = { ...written, options: { ...written?.options, [option]: value } };
  }
  if (Object.keys(changed).every((name) => changed[name] === targets[name])) return;
  keepingComments(tree, file, () => writeJson(tree, file, { ...project, targets: changed }));
}

/** What nx.json calls the target of a kind; undefined where it switches the target off. */
function targetName(tree: Tree, kind: string): string | undefined {
  const [options] = pluginEntries(readNxJson(tree) ?? undefined);
  if (options?.[kind] === false) return undefined;
  return (options?.[kind] as { targetName?: string } | undefined)?.targetName ?? kind;
}
