import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

import type { Environment } from '../../testing/workspace/command.js';
import { modulePath, useDirectories } from '../../src/go/modules/mod-file.js';

/** Where and how the go command is run for a package. */
export interface ModuleContext {
  readonly cwd: string;
  /** Whether the module stands for itself although a go.work lies above it. */
  readonly standalone: boolean;
}

/**
 * The context that a person would choose: in the go.work that uses the module, else in the module.
 *
 * @param root the workspace's root: what lies above it counts for nothing.
 */
export function moduleContext(root: string, directory: string, env: Environment): ModuleContext {
  const module = nearest(root, directory, 'go.mod') ?? root;
  if (env['GOWORK'] === 'off') return { cwd: module, standalone: true };
  const work = nearest(root, module, 'go.work');
  if (!work) return { cwd: module, standalone: true };
  const used = useDirectories(readFileSync(join(work, 'go.work'), 'utf8')).map((use) => resolve(work, use));
  return used.includes(module) ? { cwd: work, standalone: false } : { cwd: module, standalone: true };
}

/** The import path of a package, from the go.mod above it. */
export function importPath(root: string, directory: string): string {
  const module = nearest(root, directory, 'go.mod');
  const path = module && modulePath(readFileSync(join(module, 'go.mod'), 'utf8'));
  if (!module || !path) return '';
  return [path, ...relative(module, directory).split('/')].filter(Boolean).join('/');
}

function nearest(root: string, directory: string, file: string): string | undefined {
  for (let current = directory; ; current = dirname(current)) {
    if (existsSync(join(current, file))) return current;
    if (current === root || current === dirname(current)) return undefined;
  }
}
