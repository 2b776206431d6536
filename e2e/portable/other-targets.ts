import { chmodSync, existsSync } from 'node:fs';
import { join } from 'node:path';

import type { Layout } from '../../testing/layouts/layout.js';
import type { Settings } from '../../testing/measuring/measure.js';
import { mustRun } from '../../testing/workspace/command.js';
import { environment } from '../../testing/workspace/environment.js';
import { writeFiles } from '../../testing/workspace/files.js';
import { temporaryFolder } from '../../testing/workspace/temporary-folder.js';
import { anotherToolchain } from '../../testing/workspace/toolchain.js';

/** An environment under which binaries come out otherwise, and the tasks that this concerns. */
export interface OtherTarget {
  readonly name: string;
  readonly settings: Settings;
  readonly moved: (taskId: string) => boolean;
}

/**
 * What a machine can differ in such that a result of the others must not be taken: of all Go tasks, or of those with
 * cgo.
 */
export async function otherTargets(layout: Layout): Promise<OtherTarget[]> {
  const all = (): boolean => true;
  const withCgo = (id: string): boolean => layout.cgo?.some((path) => id.startsWith(`${path}:`)) ?? false;
  return [
    { name: 'GOOS', settings: { GOOS: 'freebsd' }, moved: all },
    { name: 'GOARCH', settings: { GOARCH: process.arch === 'arm64' ? 'amd64' : 'arm64' }, moved: all },
    ...(process.arch === 'x64' ? [{ name: 'GOAMD64', settings: { GOAMD64: 'v3' }, moved: all }] : []),
    { name: 'toolchain', settings: await anotherToolchain(), moved: all },
    { name: 'C compiler', settings: await anotherCompiler(), moved: withCgo },
  ];
}

/** A compiler of the same name as the default one, first on PATH, that calls itself by another version. */
async function anotherCompiler(): Promise<Settings> {
  const folder = temporaryFolder('compilers');
  const { stdout } = await mustRun('go', ['env', 'CC'], folder, environment());
  const name = stdout.trim();
  const compiler = join(folder, name);
  if (!existsSync(compiler)) {
    const { stdout: real } = await mustRun('sh', ['-c', `command -v ${name}`], folder, environment());
    writeFiles(folder, {
      [name]: `#!/bin/sh\ncase "$*" in *--version*) echo "${name} of another vendor 99.9" ;; *) exec '${real.trim()}' "$@" ;; esac\n`,
    });
    chmodSync(compiler, 0o755);
  }
  return { PATH: `${folder}:${process.env['PATH']}` };
}
