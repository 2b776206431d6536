import { afterAll, afterEach, beforeAll, expect, it, jest } from '@jest/globals';

import { goMod, type Layout } from '../../testing/layouts/layout.js';
import { mustRun } from '../../testing/workspace/command.js';
import { replaceText, writeFiles } from '../../testing/workspace/files.js';
import { taskEnds, tasksThat } from '../../testing/workspace/nx-output.js';
import { NX_24 } from '../../testing/workspace/nx-versions.js';
import { Workspace } from '../../testing/workspace/workspace.js';

jest.setTimeout(300_000);

const PRICE = `package price

func Of(name string) int {
	if name == "" {
		return 0
	}
	return len(name)
}
`;
const LAYOUT: Layout = {
  name: 'covered',
  mains: [],
  tests: [],
  files: {
    'go.work': 'go 1.24\n\nuse (\n\t./shop\n\t./tools\n)\n',
    'shop/go.mod': goMod('example.org/shop', '1.24'),
    'shop/price/price.go': PRICE,
    'shop/order/order.go':
      'package order\n\nimport "example.org/shop/price"\n\nvar log []string\n\nfunc init() { log = nil }\n\nfunc Total() int { return price.Of("a") }\n',
    'shop/order/order_test.go': 'package order\n\nimport "testing"\n\nfunc TestTotal(t *testing.T) { Total() }\n',
    'tools/go.mod': goMod('example.org/tools', '1.24'),
    'tools/sum/sum.go':
      'package sum\n\nimport _ "example.org/shop/price"\n\nfunc Of(a, b int) int { return a + b }\n\nfunc init() { Of(1, 2) }\n',
    'tools/sum/sum_test.go': 'package sum\n\nimport "testing"\n\nfunc TestOf(t *testing.T) { Of(1, 2) }\n',
    'tools/idle/idle.go': 'package idle\n\nfunc Idle() int { return 1 }\n\nfunc init() { Idle() }\n',
    'tools/say/main.go':
      'package main\n\nimport "os"\n\nfunc main() {\n\tif len(os.Args) > 1 {\n\t\tos.Exit(1)\n\t}\n\tos.Stdout.WriteString("said\\n")\n}\n',
  },
};

function nxJson(coverage: object, test: object = { coverPkg: ['./...'] }): string {
  const options = { test, coverage, build: { args: ['-cover'] } };
  return JSON.stringify({ namedInputs: { goSources: [] }, plugins: [{ plugin: 'nx-gopher', options }] });
}

let workspace: Workspace;

beforeAll(async () => {
  workspace = await Workspace.create(LAYOUT, NX_24, { files: { 'nx.json': nxJson({}) } });
});
afterAll(() => workspace?.dispose());
afterEach(() => workspace.reset());

async function coverage(
  project = 'go.work',
  flags = ['--verbose'],
): Promise<{ output: string; exitCode: number; cached: string[] }> {
  const { output, exitCode } = await workspace.nx(['run-many', '-t', 'coverage', '-p', project, ...flags]);
  return { output, exitCode, cached: tasksThat('cached', taskEnds(output)) };
}

async function go(...args: string[]): Promise<void> {
  await mustRun('go', args, workspace.root, workspace.environment());
}

/** Lines of a profile, each block once. */
function merged(profile: string): string[] {
  const counts = new Map<string, number>();
  for (const line of profile.split('\n').filter((one) => one !== '' && !one.startsWith('mode:'))) {
    const [, block = '', count] = /^(.*) (\d+)$/.exec(line) ?? [];
    counts.set(block, Math.max(counts.get(block) ?? 0, Number(count)));
  }
  return [...counts].map(([block, count]) => `${block} ${count}`).sort();
}

it('is that of one go test, when some of the tests come from the cache', async () => {
  await coverage();
  replaceText(workspace.root, 'shop/price/price.go', 'return 0', 'return -1');
  expect((await coverage('go.work', [])).cached).toEqual(['tools/idle:test', 'tools/say:test']);
  await go('test', '-coverpkg=./...', '-coverprofile=plain.out', './shop/...', './tools/...');
  expect(merged(workspace.text('coverage/total/coverage.out'))).toEqual(merged(workspace.text('plain.out')));
});

it('sums up a module, and writes all formats', async () => {
  const formats = ['text', 'html', 'lcov', 'cobertura'];
  // What these tests run of another module is no measure of that.
  writeFiles(workspace.root, { 'nx.json': nxJson({ formats, minimum: { 'shop/*': 90, 'tools/sum': 90 } }) });
  const { output, exitCode } = await coverage('tools');
  expect(exitCode).toBe(0);
  expect(output).toMatch(/^shop\/price +0\/3 +0\.0 %$/m);
  expect(output).toMatch(/^tools\/sum +2\/2 +100\.0 % {2}has 90 %$/m);
  expect(output).toMatch(/^all +2\/10 +20\.0 %$/m);
  expect(workspace.text('coverage/total/tools/coverage.out')).not.toContain('example.org/shop/order');
  expect(workspace.text('coverage/total/tools/lcov.info')).toContain('SF:tools/sum/sum.go\nDA:5,1\n');
  expect(workspace.text('coverage/total/tools/cobertura.xml')).toContain('filename="tools/sum/sum.go"');
  expect(workspace.text('coverage/total/tools/coverage.html')).toContain('func Of(a, b int) int');
});

it('fails with what lacks, of projects and of changed lines', async () => {
  const minimum = { '**': 60, 'shop/*': 90, 'tools/{idle,say}': 0 };
  writeFiles(workspace.root, { 'nx.json': nxJson({ minimum, changed: { base: 'main', minimum: 75 } }) });
  const lacking = await coverage();
  expect(lacking.exitCode).toBe(1);
  expect(lacking.output).toMatch(/^shop\/order +2\/2 +100\.0 % {2}has 90 %$/m);
  expect(lacking.output).toMatch(/^shop\/price +2\/3 +66\.7 % {2}lacks 90 %$/m);
  expect(lacking.output).toContain('Lines changed since main: 0 of 0 run, 100.0 %\n');
  writeFiles(workspace.root, {
    'nx.json': nxJson({ minimum: { 'tools/idle': 50 }, changed: { base: 'main', minimum: 75 } }),
    'tools/idle/project.json': '{ "targets": { "test": { "options": { "cover": false } } } }',
    'shop/price/more.go': 'package price\n\nfunc More() int {\n\treturn 1\n}\n',
  });
  replaceText(workspace.root, 'shop/price/price.go', 'return len(name)', 'return 1 + len(name)');
  const changed = await coverage();
  expect(changed.exitCode).toBe(1);
  expect(changed.output).toContain('Lines changed since main: 1 of 4 run, 25.0 %; 75 % are asked\n');
  expect(changed.output).toContain('  shop/price/more.go: 3-5 not run\n');
  expect(changed.output).toContain('tools/idle:test wrote no profile: lacks 50 %\n');
  writeFiles(workspace.root, { 'nx.json': nxJson({ minimum: { 'tols/*': 50 } }) });
  const misspelt = await coverage();
  expect(misspelt.exitCode).toBe(1);
  expect(misspelt.output).toContain('its option minimum names "tols/*", which no project matches.');
});

it('adds what programs ran', async () => {
  writeFiles(workspace.root, { 'nx.json': nxJson({ data: ['dist/said'] }), 'dist/said/.keep': '' });
  await workspace.nx(['run-many', '-t', 'build', '-p', 'tools/say']);
  const settings = workspace.environment({ GOCOVERDIR: workspace.path('dist/said') });
  await mustRun(workspace.path('dist/tools/say/say'), [], workspace.root, settings);
  const { output, exitCode } = await coverage();
  expect(output).toMatch(/^tools\/say +2\/3 +66\.7 %$/m);
  expect(exitCode).toBe(0);
  replaceText(workspace.root, 'tools/say/main.go', 'func main() {', 'func main() {\n\tif false {\n\t}');
  const outdated = await coverage();
  expect(outdated.exitCode).toBe(1);
  expect(outdated.output).toContain(
    'data: dist/said counts other blocks of example.org/tools/say/main.go than its tests',
  );
  writeFiles(workspace.root, { 'nx.json': nxJson({ data: ['nowhere'] }) });
  expect((await coverage()).output).toContain('data: nowhere is no directory. Run the program with GOCOVERDIR=nowhere');
});

it('says how to measure where no test does', async () => {
  writeFiles(workspace.root, { 'nx.json': nxJson({}, {}) });
  const { output, exitCode } = await coverage();
  expect(exitCode).toBe(1);
  expect(output).toContain('The tests before go.work:coverage measure no coverage. Turn it on in nx.json:');
});
