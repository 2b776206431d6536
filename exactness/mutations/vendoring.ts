import { posix } from 'node:path';

import type { MutableWorkspace } from '../workspace/mutable-workspace.js';
import { CHANGED, type Kind } from './kind.js';

/** The vendor directory. */
export const VENDORING: readonly Kind[] = [
  {
    name: 'vendored source changed',
    weight: 3,
    apply(random, workspace) {
      const file = random.pick(vendored(workspace).filter((path) => /(?<!_test)\.go$/.test(path)));
      if (!file) return undefined;
      workspace.append(file, `\nfunc init() { println("${workspace.fresh}") }\n`);
      return CHANGED;
    },
  },
  {
    name: 'vendored file added',
    weight: 1,
    apply(random, workspace) {
      const file = random.pick(vendored(workspace).filter((path) => path.endsWith('.go')));
      if (!file) return undefined;
      const { packageName } = workspace.parse(file);
      const content = `package ${packageName}\n\nfunc init() { println("${workspace.fresh}") }\n`;
      workspace.write(posix.join(posix.dirname(file), `${workspace.fresh}.go`), content);
      return CHANGED;
    },
  },
  {
    name: 'vendored file deleted',
    weight: 1,
    apply(random, workspace) {
      const file = random.pick(vendored(workspace));
      if (!file) return undefined;
      workspace.remove(file);
      return CHANGED;
    },
  },
  {
    name: 'modules.txt changed',
    weight: 0.5,
    apply(random, workspace) {
      const file = random.pick(vendored(workspace).filter((path) => posix.basename(path) === 'modules.txt'));
      if (!file) return undefined;
      if (random.chance(0.5)) workspace.append(file, `# example.com/${workspace.fresh} v1.0.0\n`);
      else workspace.write(file, workspace.read(file).replace(/^## explicit.*\n/m, ''));
      return CHANGED;
    },
  },
  {
    name: 'vendor directory deleted',
    weight: 0.4,
    apply(random, workspace) {
      const list = random.pick(vendored(workspace).filter((path) => posix.basename(path) === 'modules.txt'));
      if (!list) return undefined;
      workspace.remove(posix.dirname(list));
      return CHANGED;
    },
  },
  {
    name: 'modules vendored',
    weight: 0.3,
    async apply(random, workspace) {
      const module = random.pick(workspace.modules);
      if (!module || workspace.exists(posix.join(module.dir, 'vendor')) || workspace.exists('go.work'))
        return undefined;
      const { exitCode } = await workspace.go(module.dir, ['mod', 'vendor']);
      const vendor = posix.join(module.dir, 'vendor');
      if (exitCode !== 0 || !workspace.exists(vendor)) return undefined;
      workspace.record(vendor);
      return CHANGED;
    },
  },
];

function vendored(workspace: MutableWorkspace): string[] {
  return workspace.files.filter((file) => /(^|\/)vendor\//.test(file));
}
