import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { ociImage } from '../../src/executors/package/oci-image.js';
import { gzip, tar } from '../../src/executors/package/tar.js';
import { zip } from '../../src/executors/package/zip.js';
import { cachedTask, type CachedTask } from '../../testing/cache-faults/sealed-entry.js';
import { GO_ENV } from '../../testing/executors/go-workspace.js';
import { mustRun } from '../../testing/workspace/command.js';

const SOURCES: Readonly<Record<string, string>> = {
  'go.mod': 'module example.com/m\n\ngo 1.24\n',
  ...Object.fromEntries(
    ['app', 'other'].flatMap((name) => [
      [`${name}/plain/main.go`, `package main\n\nfunc main() { println("${name}") }\n`],
      [
        `${name}/cgo/main.go`,
        `package main\n\n// static int answer(void) { return ${name.length}; }\nimport "C"\n\n//export Answer\nfunc Answer() int { return int(C.answer()) }\n\nfunc main() { println(Answer()) }\n`,
      ],
      [`${name}/lib/lib.go`, `package lib\n\nfunc Name() string { return "${name}" }\n`],
      [
        `${name}/lib/lib_test.go`,
        `package lib\n\nimport "testing"\n\nfunc Test(t *testing.T) { if Name() == "" { t.Fatal() } }\n`,
      ],
    ]),
  ),
};

/** Two tasks of one kind, which have made their outputs. */
export interface Pair {
  readonly kind: string;
  readonly task: CachedTask;
  readonly other: CachedTask;
}

/** Makes outputs of every kind that there is with the real go command, for two projects, in an empty folder. */
export async function makeOutputs(root: string): Promise<Pair[]> {
  write(root, SOURCES);
  const tasks = new Map<string, CachedTask[]>();
  for (const [index, name] of ['app', 'other'].entries()) {
    const outputs = await makeFor(name, root);
    for (const [kind, files] of Object.entries(outputs)) {
      const target = kind === 'coverage' ? 'test' : /^(zip|tar\.gz|image)$/.test(kind) ? 'package' : 'build';
      const task = cachedTask(`${name}-${kind}`, target, String(1000 + index), files);
      tasks.set(kind, [...(tasks.get(kind) ?? []), task]);
    }
  }
  return [...tasks].flatMap(([kind, [task, other]]) => (task && other ? [{ kind, task, other }] : []));
}

/** The files of each kind, relative to the workspace root. */
async function makeFor(name: string, root: string): Promise<Record<string, string[]>> {
  const dist = `dist/${name}`;
  const go = (args: readonly string[], settings: Readonly<Record<string, string>> = {}) =>
    mustRun('go', args, root, { ...(process.env as Record<string, string>), ...GO_ENV, ...settings });
  const build = (output: string, main: string, ...flags: string[]) => [
    'build',
    ...flags,
    '-ldflags=-s -w',
    '-o',
    output,
    main,
  ];
  await go(build(`${dist}/plain`, `./${name}/plain`));
  await go(build(`${dist}/cgo`, `./${name}/cgo`));
  await go(build(`${dist}/darwin`, `./${name}/plain`), { GOOS: 'darwin', GOARCH: 'arm64', CGO_ENABLED: '0' });
  await go(build(`${dist}/lib.so`, `./${name}/cgo`, '-buildmode=c-shared'));
  await go(['test', `-coverprofile=${dist}/cover.out`, `./${name}/lib`]);
  const entries = [{ path: name, content: readFileSync(join(root, dist, 'plain')), executable: true }];
  const image = await ociImage([{ platform: { goos: 'linux', goarch: 'amd64' }, entries }], `usr/local/bin/${name}`, {
    name,
  });
  const targz = gzip(await tar(entries));
  write(root, { [`${dist}/a.zip`]: zip(entries), [`${dist}/a.tar.gz`]: targz, [`${dist}/a.image.tar`]: image });
  write(root, { [`${dist}/a_checksums.txt`]: `${name}\n` });
  return {
    plain: [`${dist}/plain`],
    cgo: [`${dist}/cgo`],
    darwin: [`${dist}/darwin`],
    'c-shared': [`${dist}/lib.so`, `${dist}/lib.h`],
    zip: [`${dist}/a.zip`],
    'tar.gz': [`${dist}/a.tar.gz`, `${dist}/a_checksums.txt`],
    image: [`${dist}/a.image.tar`],
    coverage: [`${dist}/cover.out`],
  };
}

function write(root: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
}
