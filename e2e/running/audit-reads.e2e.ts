import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

import { FAR_READS } from '../../testing/layouts/far-reads.js';
import { goTest } from '../../testing/layouts/layout.js';
import { measure, measureChange } from '../../testing/measuring/measure.js';
import { appendText, writeFiles, type Files } from '../../testing/workspace/files.js';
import { NX_23, NX_24 } from '../../testing/workspace/nx-versions.js';
import { Workspace } from '../../testing/workspace/workspace.js';

jest.setTimeout(300_000);

const NX_JSON = { plugins: [{ plugin: 'nx-gopher', options: { test: { auditReads: true } } }] };
const LINES = [
  '"{workspaceRoot}/templates/*"',
  '{"fileset":"{workspaceRoot}/fixtures/made.json","includeIgnored":true}',
  '"{workspaceRoot}/fixtures/none.json"',
  '"{workspaceRoot}/fixtures/x.json"',
  '{"env":"CURRENCY"}',
];
/** A test that reads the output of a task it depends on, and says so. */
const GENERATED: Files = {
  'generator/project.json': JSON.stringify({
    name: 'generator',
    targets: {
      write: { command: 'mkdir -p dist && echo made > dist/made.txt', outputs: ['{workspaceRoot}/dist/made.txt'] },
    },
  }),
  'lib/built/built_test.go': goTest('built', ['os'], 'len(read()) > 0').concat(
    'func read() []byte {\n\ttext, _ := os.ReadFile("../../dist/made.txt")\n\treturn text\n}\n',
  ),
  'lib/built/project.json': JSON.stringify({
    targets: {
      test: { dependsOn: ['generator:write'], inputs: ['...', { dependentTasksOutputFiles: '**/*.txt' }] },
    },
  }),
};
const TASK = 'lib/price:test';
/** Every task's text, those of tasks that passed as well. */
const STATIC = '--output-style=static';

/** The configuration that an audit prints, and nothing around it. */
function printed(output: string): string {
  return /^ {2}(\{ "targets"[\s\S]*?\n {2}\] \} \} \})$/m.exec(output)?.[1] ?? '';
}

describe('auditReads', () => {
  let workspace: Workspace;
  beforeAll(async () => {
    workspace = await Workspace.create(FAR_READS, NX_24, { nxJson: NX_JSON, files: GENERATED });
  });
  afterAll(() => workspace?.dispose());

  it('prints what tests read and the inputs do not name, and lets them pass', async () => {
    const { exitCode, output } = await workspace.nx(['run-many', '-t', 'test', STATIC]);
    expect(exitCode).toBe(0);
    expect(output).toContain(`the tests of ${TASK} read what its inputs do not name`);
    expect(output).toContain('Add to lib/price/project.json:');
    const { targets } = JSON.parse(printed(output)) as { targets: { test: { inputs: unknown[] } } };
    expect(targets.test.inputs).toEqual(['...', ...LINES.map((line) => JSON.parse(line) as unknown)]);
    for (const line of LINES) expect(output).toContain(`\n    ${line}`);
    expect(output).not.toContain('the tests of lib/plain:test');
    expect(output).not.toContain('the tests of lib/built:test');
  });

  it('prints it again when the result comes from the cache', async () => {
    const { output } = await workspace.nx(['run', TASK]);
    expect(output).toContain('[local cache]');
    expect(output).toContain('"{workspaceRoot}/fixtures/x.json"');
  });

  it('with strict fails the task, in a batch or alone', async () => {
    for (const settings of [{}, { NX_BATCH_MODE: 'false' }]) {
      const { exitCode, output } = await workspace.nx(['run', `${TASK}`, '--auditReads=strict'], settings);
      expect(output).toContain('"{workspaceRoot}/fixtures/x.json"');
      expect(output).toContain('ok  \texample.org/far/lib/price');
      expect(exitCode).not.toBe(0);
    }
    expect((await workspace.nx(['run', 'lib/plain:test', '--auditReads=strict'])).exitCode).toBe(0);
  });

  it('is silent once the lines are there, and the hash and nx affected follow them', async () => {
    const { output } = await workspace.nx(['run', TASK]);
    writeFiles(workspace.root, { 'lib/price/project.json': printed(output) });
    await workspace.commit();
    const silent = await workspace.nx(['run', TASK, '--auditReads=strict']);
    expect(silent.output).not.toContain('nx-gopher:');
    expect(silent.exitCode).toBe(0);

    const before = (await measure(workspace)).tasks[TASK]?.hash;
    expect((await measure(workspace, { CURRENCY: 'tea' })).tasks[TASK]?.hash).not.toBe(before);
    appendText(workspace.root, 'fixtures/x.json', '\n');
    const edited = await measureChange(workspace);
    expect(edited.tasks[TASK]?.hash).not.toBe(before);
    expect(edited.selectedTasks).toEqual([TASK]);
    await workspace.reset();
    for (const path of ['fixtures/none.json', 'templates/b.txt']) {
      writeFiles(workspace.root, { [path]: '{}\n' });
      const added = await measureChange(workspace);
      expect([path, added.selectedTasks]).toEqual([path, [TASK]]);
      await workspace.reset();
    }
  });
});

it('auditReads works on Nx 23', async () => {
  const workspace = await Workspace.create(FAR_READS, NX_23, { nxJson: NX_JSON });
  const { exitCode, output } = await workspace.nx(['run-many', '-t', 'test', STATIC]);
  workspace.dispose();
  expect(exitCode).toBe(0);
  for (const line of LINES) expect(output).toContain(`\n    ${line}`);
  expect(output).not.toContain('the tests of lib/plain:test');
});
