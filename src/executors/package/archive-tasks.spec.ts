import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import type { ProjectGraph } from '@nx/devkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { execa } from 'execa';

import type { ArchiveFacts } from '../../facts/archive-facts.js';
import { loadKind } from '../batch/load-kind.js';
import { runTasks } from '../batch/run-tasks.js';
import { GoSession } from '../task/session.js';
import type { GoTask } from '../task/task.js';
import type { PackageExecutorOptions } from './schema.js';

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'nx-gopher-spec-'));
});
beforeEach(() => rmSync(join(root, 'dist'), { recursive: true, force: true }));
afterAll(() => rmSync(root, { recursive: true, force: true }));

function write(path: string, content = path): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

const FACTS: ArchiveFacts = {
  name: 'tool',
  gate: ['test'],
  archives: ['amd64', 'arm64'].map((goarch) => ({
    path: `dist/cmd/tool/tool_linux_${goarch}.tar.gz`,
    binaries: [{ target: `build-linux-${goarch}`, platform: { goos: 'linux', goarch }, files: { '': 'tool' } }],
  })),
  checksums: 'dist/cmd/tool/tool_checksums.txt',
  licenses: ['{LICENSE,NOTICE}'],
};

function task(changes: Partial<GoTask<PackageExecutorOptions>> = {}, facts: ArchiveFacts | undefined = FACTS) {
  const options: PackageExecutorOptions = { format: 'tar.gz' };
  return {
    id: 'cmd/tool:package',
    executor: 'package',
    project: 'cmd/tool',
    target: 'package',
    configuration: undefined,
    root: 'cmd/tool',
    options,
    targetConfiguration: {
      options,
      inputs: [{ dependentTasksOutputFiles: '**/tool' }],
      metadata: { gopher: { archive: facts } } as object,
    },
    cacheable: true,
    dependencies: ['amd64', 'arm64'].map((goarch) => ({
      id: `cmd/tool:build-linux-${goarch}`,
      project: 'cmd/tool',
      target: `build-linux-${goarch}`,
      configuration: undefined,
      outputs: [`dist/cmd/tool/${goarch}/tool`],
      overrides: [],
    })),
    archivesAfter: [],
    ...changes,
  } as GoTask<PackageExecutorOptions>;
}

async function run(
  one: GoTask<PackageExecutorOptions>,
  projectGraph?: ProjectGraph,
): Promise<{ success: boolean; text: string }> {
  const session = new GoSession(root, projectGraph);
  for await (const { result } of runTasks([one], { session, dependencies: {}, kindOf: loadKind })) {
    return { success: result.success, text: result.terminalOutput };
  }
  throw new Error('no result');
}

describe('a package', () => {
  beforeAll(() => write('LICENSE'));

  it('is made of what the run’s builds wrote, and its checksums hold', async () => {
    for (const goarch of ['amd64', 'arm64']) write(`dist/cmd/tool/${goarch}/tool`);
    const { success, text } = await run(task());
    expect(text).toMatch(/^dist\/cmd\/tool\/tool_linux_amd64\.tar\.gz {2}0\.0 MB {2}sha256 [0-9a-f]{64}$/m);
    expect(success).toBe(true);
    const cwd = join(root, 'dist/cmd/tool');
    const [sums = ''] = (await execa('cat', ['tool_checksums.txt'], { cwd })).stdout.split('\n');
    expect(text).toContain(sums.split(' ')[0]);
    const unpacked = await execa('tar', ['-xzOf', 'tool_linux_arm64.tar.gz', 'tool'], { cwd });
    expect(unpacked.stdout).toBe('dist/cmd/tool/arm64/tool');
    const listed = await execa('tar', ['-tzf', 'tool_linux_arm64.tar.gz'], { cwd });
    expect(listed.stdout.split('\n')).toEqual(['LICENSE', 'tool']);
  });

  it('is not written in part where a binary is missing', async () => {
    write('dist/cmd/tool/amd64/tool');
    const { success, text } = await run(task());
    expect(text).toContain('The binary of cmd/tool:build-linux-arm64 does not exist.');
    expect(success).toBe(false);
    expect(readdirSync(join(root, 'dist/cmd/tool'))).toEqual(['amd64']);
  });

  it('has no two files of one name', async () => {
    for (const goarch of ['amd64', 'arm64']) write(`dist/cmd/tool/${goarch}/tool`);
    write('cmd/tool/LICENSE');
    const options: PackageExecutorOptions = { format: 'tar.gz', files: ['cmd/tool/LICENSE'] };
    const made = task();
    const targetConfiguration = { ...made.targetConfiguration, options };
    const { text } = await run({ ...made, options, targetConfiguration });
    expect(text).toContain('Two files would be LICENSE in dist/cmd/tool/tool_linux_amd64.tar.gz.');
  });
});

describe('of the binaries that lie next to each other, a package', () => {
  const build = {
    id: 'cmd/tool:build',
    project: 'cmd/tool',
    target: 'build',
    configuration: undefined,
    outputs: ['dist/cmd/tool/tool', 'dist/cmd/tool/tool.exe'],
    overrides: [],
  };
  const archives = [
    { path: 'dist/cmd/tool/tool.zip', binaries: [{ target: 'build', files: { '': 'tool', win: 'tool.exe' } }] },
  ];
  const options: PackageExecutorOptions = { format: 'zip' };
  const made = (configuration?: string) => {
    const one = task({}, { name: 'tool', gate: [], archives, licenses: [] });
    const targetConfiguration = { ...one.targetConfiguration, options };
    return { ...one, options, targetConfiguration, dependencies: [{ ...build, configuration }] };
  };
  const packed = async () =>
    (await execa('unzip', ['-p', 'dist/cmd/tool/tool.zip', 'bootstrap'], { cwd: root })).stdout;

  it('takes the one of the configuration that was built', async () => {
    write('dist/cmd/tool/tool');
    write('dist/cmd/tool/tool.exe');
    expect((await run(made())).success).toBe(true);
    expect(await packed()).toBe('dist/cmd/tool/tool');
    expect((await run(made('win'))).success).toBe(true);
    expect(await packed()).toBe('dist/cmd/tool/tool.exe');
  });

  it('takes none of another system in its place', async () => {
    write('dist/cmd/tool/tool.exe');
    const { success, text } = await run(made());
    expect(text).toContain('The binary of cmd/tool:build does not exist.');
    expect(success).toBe(false);
  });
});

describe('is refused', () => {
  it.each<[string, Partial<GoTask<PackageExecutorOptions>>, string]>([
    [
      'an option of the command line from which builds follow',
      { options: { format: 'image' } },
      '{"targets":{"package":{"options":{"format":"image"}}}}',
    ],
    ['an option that is not known', { options: { form: 'zip' } as object }, 'Did you mean "format"?'],
    ['a target that was not inferred', { targetConfiguration: { inputs: [] } }, 'it inferred nothing for the target'],
  ])('%s', async (_, changes, message) => {
    const { success, text } = await run(task(changes));
    expect(text).toContain(message);
    expect(success).toBe(false);
    expect(existsSync(join(root, 'dist'))).toBe(false);
  });

  it('a cached target without the binaries among its inputs', async () => {
    const made = task();
    const targetConfiguration = { ...made.targetConfiguration, executor: 'nx-gopher:package', inputs: ['default'] };
    expect((await run({ ...made, targetConfiguration })).text).toContain(
      'Begin the list of inputs with "...": the inferred ones then stay',
    );
  });

  it('a gate that no Go project has a target for, and no other', async () => {
    const node = (name: string, targets: object) => ({ name, type: 'lib', data: { root: name, targets } }) as const;
    const test = { executor: 'nx-gopher:test' };
    const graph = {
      dependencies: {},
      nodes: { a: node('a', { test, lint: {} }), web: node('web', { e2e: { executor: 'nx:run-commands' } }) },
    } as ProjectGraph;
    for (const [gate, hint] of [
      ['tset', 'Did you mean "test"?'],
      ['Lint', 'Did you mean "lint"?'],
      ['e2e', 'in nx.json where'],
    ] as const) {
      const { success, text } = await run(task({}, { ...FACTS, gate: ['test', gate] }), graph);
      expect(text).toContain(`its option gate names "${gate}", and no Go project has a target of that name.`);
      expect(text).toContain(hint);
      expect(success).toBe(false);
    }
    const { text } = await run(task({}, { ...FACTS, gate: ['test', 'lint'] }), graph);
    expect(text).toContain('does not exist');
  });

  it('what the graph found a problem with', async () => {
    expect((await run(task({}, { ...FACTS, problem: 'Write a format down.' }))).text).toBe('Write a format down.\n');
  });
});

it('is said of a failed task which packages it stops', async () => {
  const { text } = await run(task({ options: { form: 'zip' } as object, archivesAfter: ['a:package', 'b:package'] }));
  expect(text).toContain('cmd/tool:package failed, so these are not packaged: a:package, b:package\n');
});
