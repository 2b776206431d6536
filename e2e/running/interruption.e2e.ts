import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

import { goMod, goTest, mainPrinting, type Layout } from '../../testing/layouts/layout.js';
import { appendText } from '../../testing/workspace/files.js';
import { NX_24 } from '../../testing/workspace/nx-versions.js';
import { temporaryFolder } from '../../testing/workspace/temporary-folder.js';
import { Workspace } from '../../testing/workspace/workspace.js';

jest.setTimeout(300_000);

const NAMES = ['first', 'second', 'third'];
const BINARIES = NAMES.map((name) => `dist/cmd/${name}/${name}`);
/** What is in dist after all builds have run. */
const OUTPUTS = [...BINARIES, ...NAMES.map((name) => `dist/.nx-gopher/cmd/${name}/_build.seal`)].sort();

const STALLED = `package main

import (
	"os"
	"time"
)

func stalled() bool {
	for {
		if _, err := os.Stat(os.Getenv("STALL_TEST")); err != nil {
			return true
		}
		time.Sleep(100 * time.Millisecond)
	}
}
`;

/** Three programs, each with a test that waits as long as a file is there. */
const LAYOUT: Layout = {
  name: 'interrupted',
  mains: NAMES.map((name) => `cmd/${name}`),
  tests: NAMES.map((name) => `cmd/${name}`),
  files: {
    'go.mod': goMod('example.org/interrupted', '1.24.0'),
    'shared/shared.go': 'package shared\n\nfunc Name() string { return "shared" }\n',
    ...Object.fromEntries(
      NAMES.flatMap((name) => [
        [`cmd/${name}/main.go`, mainPrinting(['example.org/interrupted/shared'], 'shared.Name()')],
        [`cmd/${name}/main_test.go`, goTest('main', [], 'stalled()')],
        [`cmd/${name}/stalled_test.go`, STALLED],
      ]),
    ),
  },
};

/** Links as go does, but not as long as a file is there. */
const LINKER = `#!/bin/sh
if [ "$2" != -V=full ] && [ "$(basename "$1")" = link ]; then
  while [ -e "$STALL_LINK" ]; do sleep 0.1; done
fi
exec "$@"
`;

// Groups and signals as these do not exist on Windows, and /proc is Linux's.
const onLinux = process.platform === 'linux' ? describe : describe.skip;

onLinux('Ctrl-C', () => {
  let workspace: Workspace;
  let aside: string;
  let settings: Record<string, string>;
  beforeAll(async () => {
    workspace = await Workspace.create(LAYOUT, NX_24, { pluginWorkers: true });
    aside = mkdtempSync(join(temporaryFolder('interruption'), 'aside-'));
    writeFileSync(join(aside, 'linker'), LINKER, { mode: 0o755 });
    settings = {
      GOFLAGS: `-toolexec=${join(aside, 'linker')}`,
      STALL_LINK: join(aside, 'link'),
      STALL_TEST: join(aside, 'test'),
      E2E_MARK: workspace.root,
    };
    const { exitCode, output } = await workspace.nx(['run-many', '-t', 'build'], settings);
    expect([exitCode, output]).toEqual([0, expect.stringContaining('Successfully ran')]);
  });
  afterAll(() => {
    workspace?.dispose();
    rmSync(aside, { recursive: true, force: true });
  });

  /** The processes that Nx has started in this test and that still run, with their command lines. */
  const processes = (): { readonly pid: number; readonly command: string }[] =>
    readdirSync('/proc').flatMap((pid) => {
      try {
        const marked = readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`E2E_MARK=${workspace.root}\0`);
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
        return marked ? [{ pid: Number(pid), command }] : [];
      } catch {
        return [];
      }
    });
  const running = (): string[] => processes().map(({ command }) => command);

  /** Starts tasks, and returns once a process of theirs waits. */
  const started = async (target: string, stalled: string, waiting: RegExp): Promise<ChildProcess> => {
    writeFileSync(join(aside, stalled), '');
    const args = [workspace.path('node_modules/nx/dist/bin/nx.js'), 'run-many', '-t', target];
    const env = workspace.environment(settings);
    const nx = spawn(process.execPath, args, { cwd: workspace.root, env, detached: true, stdio: 'ignore' });
    expect(await until(() => running().some((command) => waiting.test(command)))).toBe(true);
    return nx;
  };

  /** Starts tasks, and once a process of theirs waits, does what a terminal does at Ctrl-C. */
  const interrupted = async (target: string, stalled: string, waiting: RegExp): Promise<void> => {
    const nx = await started(target, stalled, waiting);
    process.kill(-(nx.pid as number), 'SIGINT');
    await ended(nx);
    await until(() => running().length === 0, 10_000);
    expect(running()).toEqual([]);
    rmSync(join(aside, stalled));
  };

  it('in a build leaves no process, the binaries as they were, and nothing half-written', async () => {
    const before = BINARIES.map((binary) => workspace.read(binary));
    appendText(workspace.root, 'shared/shared.go', '\nvar Edited = true\n');
    await interrupted('build', 'link', /linker .*link /);
    expect(BINARIES.map((binary, index) => workspace.read(binary).equals(before[index]!))).toEqual([true, true, true]);
    expect(filesBelow('dist')).toEqual(OUTPUTS);
  });

  it('and the next build makes what it did not get to', async () => {
    const { output } = await workspace.nx(['run-many', '-t', 'build'], settings);
    expect(output).toContain('Successfully ran target build for 3 projects');
    expect(filesBelow('dist')).toEqual(OUTPUTS);
  });

  it('in a test leaves neither go nor a test binary, and no profile', async () => {
    await workspace.nx(['run-many', '-t', 'build'], settings);
    await interrupted('test', 'test', /\.test /);
    expect(existsSync(workspace.path('coverage'))).toBe(false);
    expect(filesBelow('dist')).toEqual(OUTPUTS);
  });

  it('or the end of Nx by force leaves neither go nor a test binary', async () => {
    const nx = await started('test', 'test', /\.test /);
    nx.kill('SIGKILL');
    await ended(nx);
    await until(() => running().length === 0, 10_000);
    expect(running()).toEqual([]);
    rmSync(join(aside, 'test'));
    expect(filesBelow('dist')).toEqual(OUTPUTS);
  });

  it('or the end of the process of a batch by force fails the run', async () => {
    const nx = await started('test', 'test', /\.test /);
    const [worker] = processes().filter(({ command }) => command.includes('run-batch.js'));
    process.kill(worker?.pid as number, 'SIGKILL');
    await ended(nx);
    expect(nx.exitCode).toBe(1);
    // Go is left, and ends by itself as it would have: nobody could tell it.
    rmSync(join(aside, 'test'));
    await until(() => running().length === 0, 10_000);
    expect(running()).toEqual([]);
    expect(filesBelow('dist')).toEqual(OUTPUTS);
  });

  const filesBelow = (folder: string): string[] =>
    readdirSync(workspace.path(folder), { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map((entry) => `${entry.parentPath.slice(workspace.root.length + 1)}/${entry.name}`)
      .sort();
});

/** Waits until it is so; false when it never is. */
async function until(isSo: () => boolean, milliseconds = 120_000): Promise<boolean> {
  for (const end = Date.now() + milliseconds; Date.now() < end;) {
    if (isSo()) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else child.on('exit', () => resolve());
  });
}
