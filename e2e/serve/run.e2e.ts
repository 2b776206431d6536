import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';

import { goMod, type Layout } from '../../testing/layouts/layout.js';
import { run } from '../../testing/workspace/command.js';
import { writeFiles } from '../../testing/workspace/files.js';
import { NX_24 } from '../../testing/workspace/nx-versions.js';
import { Workspace } from '../../testing/workspace/workspace.js';

jest.setTimeout(300_000);

/** Prints its arguments, and ends with the exit code that the last one names, or by a signal. */
const PROGRAM = `package main

import (
	"fmt"
	"os"
	"strconv"
	"syscall"
)

func main() {
	fmt.Printf("%q\\n", os.Args[1:])
	last := os.Args[len(os.Args)-1]
	if last == "signal" {
		syscall.Kill(os.Getpid(), syscall.SIGTERM)
		select {}
	}
	code, _ := strconv.Atoi(last)
	os.Exit(code)
}
`;
const LAYOUT: Layout = {
  name: 'ending',
  mains: ['tools/end'],
  tests: [],
  files: { 'go.mod': goMod('example.org/ending', '1.24'), 'tools/end/main.go': PROGRAM },
};

const onUnix = process.platform === 'win32' ? it.skip : it;
let workspace: Workspace;
beforeAll(async () => {
  workspace = await Workspace.create(LAYOUT, NX_24);
});
afterAll(() => workspace?.dispose());

onUnix('nx-gopher run keeps the exit code of the program, which Nx does not', async () => {
  const cli = workspace.path('node_modules/nx-gopher/dist/cli/main.js');
  const ending = (...args: string[]) =>
    run(process.execPath, [cli, 'run', ...args], workspace.root, workspace.environment());
  const seven = await ending('tools/end', '--', '--at', 'a b', '7');
  expect(seven.output).toContain('["--at" "a b" "7"]');
  expect(seven.exitCode).toBe(7);
  expect((await ending('tools/end:run', '--', 'signal')).exitCode).toBe(143);
  expect((await ending('--at')).exitCode).toBe(2);
  const alone = await workspace.nx(['run', 'tools/end:run', '--', '--at', '7']);
  expect(alone.output).toContain('["--at" "7"]');
  expect(alone.output).toContain('tools/end ended with exit code 7');
  expect(alone.exitCode).toBe(1);
  writeFiles(workspace.root, { 'tools/end/main.go': PROGRAM.replace('select {}', 'slect {}') });
  const broken = await ending('tools/end', '--', '7');
  expect(broken.output).toMatch(/tools\/end\/main\.go:\d+/);
  expect(broken.exitCode).toBe(1);
});
