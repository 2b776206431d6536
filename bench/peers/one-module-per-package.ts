import { posix } from 'node:path';

import { goMod, type Layout } from '../../testing/layouts/layout.js';
import { goSum } from '../../testing/module-proxy/proxy.js';

const GO = '1.24.0';
const EXTERNALS = ['example.org/idle', 'example.org/letters', 'example.org/money'];
/** The module of this package requires the external module that no package imports. */
const REQUIRES_IDLE = 'services/mailer';

/**
 * The layout with a go.mod in every package directory and a go.work that uses them all: what the generators of all
 * compared plugins make, one project per module. Sources, mains and tests stay as they are. One of the two packages
 * `native` gets a project name, for a plugin that names projects by the last element of their path.
 *
 * @param layout a layout of one module at the workspace's root.
 * @param modulePath that module's path.
 */
export function oneModulePerPackage(layout: Layout, modulePath: string): Layout {
  const dirs = [...new Set(Object.keys(layout.files).filter(isSource).map(posix.dirname))].sort();
  const manifests = dirs.flatMap((dir) => {
    const requires = EXTERNALS.filter((path) => imports(layout, dir, path));
    const manifest = goMod(`${modulePath}/${dir}`, GO, requires.map(atFirstVersion));
    const sums = requires.map((path) => goSum(path, 'v1.0.0')).join('');
    return [[`${dir}/go.mod`, manifest], ...(sums ? [[`${dir}/go.sum`, sums]] : [])];
  });
  const sources = Object.entries(layout.files).filter(([path]) => path !== 'go.mod' && path !== 'go.sum');
  const uses = dirs.map((dir) => `\t./${dir}\n`).join('');
  return {
    ...layout,
    name: 'one-module-per-package',
    files: {
      ...Object.fromEntries([...sources, ...manifests]),
      'go.work': `go ${GO}\n\nuse (\n${uses})\n`,
      'tools/native/project.json': `${JSON.stringify({ name: 'tools-native' })}\n`,
    },
  };
}

function isSource(path: string): boolean {
  return path.endsWith('.go');
}

function atFirstVersion(path: string): string {
  return `${path} v1.0.0`;
}

function imports(layout: Layout, dir: string, path: string): boolean {
  if (path === 'example.org/idle') return dir === REQUIRES_IDLE;
  return Object.entries(layout.files).some(
    ([file, content]) => posix.dirname(file) === dir && isSource(file) && content.includes(`"${path}"`),
  );
}
