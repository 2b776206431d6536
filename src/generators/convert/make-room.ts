import { posix } from 'node:path';

import { executableName } from '../../go/binaries/executable-name.js';
import type { ConversionContext } from './conversion-context.js';
import type { Options } from './peer.js';
import { write, type Writes } from './writes.js';

/**
 * Gives other paths to binaries that would lie below one of the old plugin's: it wrote `dist/apps/api` as a file, where
 * nx-gopher has a directory for what is below `apps/api`. The old one stays where it was.
 */
export function makeRoom(writes: Writes, { modules, names, report }: ConversionContext): void {
  const pathOf = (dir: string) => (writes.get(dir)?.get(names.build)?.options as Options | undefined)?.['outputPath'];
  const taken = [...writes.keys()].map(pathOf).filter((path) => typeof path === 'string');
  for (const module of modules) {
    for (const main of module.mains.map((dir) => posix.join(module.dir, dir))) {
      const path = posix.join('dist', main, executableName(main === '.' ? module.path : main));
      const old = pathOf(main) === undefined && taken.find((one) => path.startsWith(`${one}/`));
      if (!old) continue;
      const outputPath = path.replace(`${old}/`, `${old}-`);
      const target = writes.get(main)?.get(names.build);
      write(writes, main, names.build, { ...target, options: { ...(target?.options as Options), outputPath } });
      report.note(main, `its binary is ${outputPath}, for ${old} is a file, as it was`);
    }
  }
}
