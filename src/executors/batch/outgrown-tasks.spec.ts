import { afterAll, expect, it } from '@jest/globals';

import { GoWorkspace, inOneJob, type SpecTask } from '../../../testing/executors/go-workspace.js';

const workspace = new GoWorkspace({
  'go.mod': 'module example.com/m\n\ngo 1.24\n',
  'app/main.go': 'package main\n\nimport _ "example.com/m/lib"\n\nfunc main() {}\n',
  'app/main_test.go': 'package main\n\nimport _ "example.com/m/more"\n',
  'lib/lib.go': 'package lib\n\nimport _ "embed"\n\n//go:embed words.txt\nvar words string\n',
  'lib/words.txt': 'words\n',
  'more/more.go': 'package more\n',
});
afterAll(() => workspace.remove());

const succeed = inOneJob(async (tasks, report) => {
  for (const { id } of tasks) report(id, { success: true, text: '' });
});

async function run(executor: 'build' | 'test', closure: readonly string[] | undefined, cache = true) {
  const gopher = {
    buildConfigurations: ['linux/amd64.v1 nocgo'],
    cgo: false,
    packages: ['app'],
    ...(closure ? { closure } : {}),
  };
  const task: SpecTask<object> = {
    root: 'app',
    cache,
    options: { goos: 'linux', goarch: 'amd64', cgo: false },
    targetConfiguration: { inputs: [{ input: 'goModule', projects: ['m'] }], metadata: { gopher } as object },
  };
  return (await workspace.run<object>(executor, succeed, { 'app:x': task }))['app:x'];
}

it('refuses a task that imports more than its inputs hold, and names what', async () => {
  const result = await run('build', ['example.com/m/app']);
  expect(result?.success).toBe(false);
  expect(result?.terminalOutput).toContain(
    'generated code has begun to use //go:embed words.txt in example.com/m/lib, example.com/m/lib since',
  );
});

const EMBEDS = '//go:embed words.txt in example.com/m/lib';

it.each([
  ['holds the closure', ['example.com/m/app', 'example.com/m/lib', EMBEDS], true],
  ['holds more than the closure', ['example.com/m/app', 'example.com/m/lib', EMBEDS, 'example.com/m/gone'], true],
  ['was not asked to watch', undefined, true],
  ['is not cached', [], false],
])('runs a task that %s', async (_, closure, cache) => {
  expect((await run('build', closure, cache))?.success).toBe(true);
});

it('follows the imports of tests, for tests', async () => {
  expect((await run('test', ['example.com/m/app', 'example.com/m/lib', EMBEDS]))?.terminalOutput).toContain(
    'example.com/m/more',
  );
});
