import { execFileSync } from 'node:child_process';

import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';

import { measure, measureAfresh, measureChange, type Measurement } from '../../testing/measuring/measure.js';
import { mustRun } from '../../testing/workspace/command.js';
import { environment } from '../../testing/workspace/environment.js';
import { appendText, replaceText, writeFiles } from '../../testing/workspace/files.js';
import { taskEnds, tasksThat } from '../../testing/workspace/nx-output.js';
import { NX_24 } from '../../testing/workspace/nx-versions.js';
import { Workspace } from '../../testing/workspace/workspace.js';
import { goSum } from '../../testing/module-proxy/proxy.js';
import { INHERITED_NAMES, ODD_FILES } from './layouts.js';

jest.setTimeout(300_000);

describe('files of odd kinds and names', () => {
  let workspace: Workspace;
  let before: Measurement;
  beforeAll(async () => {
    workspace = await Workspace.create(ODD_FILES, NX_24);
    before = await measure(workspace);
  });
  afterEach(() => workspace.reset());
  afterAll(() => workspace?.dispose());

  const printed = async (binary: string): Promise<string> =>
    (await mustRun(workspace.path(binary), [], workspace.root, environment())).stdout.trim();
  const moved = (after: Measurement): string[] =>
    Object.keys(after.tasks)
      .filter((task) => task.endsWith(':build') && after.tasks[task]?.hash !== before.tasks[task]?.hash)
      .sort();

  it('a directory may have a name that all objects have: it is a project, builds and tests', async () => {
    expect(Object.keys(before.projects)).toEqual(expect.arrayContaining(INHERITED_NAMES.map((name) => `n/${name}`)));
    expect(before.edges['names/all']).toEqual(['names']);
    const { output } = await workspace.nx(['run-many', '-t', 'build', 'test']);
    expect(tasksThat('failed', taskEnds(output))).toEqual([]);
    for (const name of INHERITED_NAMES) expect(await printed(`dist/n/${name}/${name}`)).toBe(name);
    expect(await printed('dist/names/all/all')).toBe('all proto');
    expect(await printed('dist/app/app')).toBe('money v1.0.0');
  });

  it.each([...INHERITED_NAMES.map((name) => `n/${name}`), 'names/all'])(
    '%s is built again when its source is edited',
    async (name) => {
      const source = name === 'names/all' ? 'names/__proto__/proto.go' : `${name}/main.go`;
      appendText(workspace.root, source, '\n// more\n');
      const after = await measureChange(workspace);
      expect(moved(after)).toEqual([`${name}:build`]);
      expect(after.selectedTasks).toEqual(expect.arrayContaining([`${name}:build`]));
    },
  );

  it.each<[string, () => void]>([
    [
      'go.mod',
      () => {
        replaceText(workspace.root, 'app/vendor.mod', 'v1.0.0', 'v1.1.0');
        writeFiles(workspace.root, { 'manifests/app.sum': goSum('example.org/money', 'v1.1.0') });
      },
    ],
    ['go.mod: its go directive', () => replaceText(workspace.root, 'app/vendor.mod', '1.24.0', '1.24.1')],
    ['go.sum', () => appendText(workspace.root, 'manifests/app.sum', goSum('example.org/money', 'v1.1.0'))],
    ['go.work', () => appendText(workspace.root, 'manifests/workspace', '\ngodebug panicnil=1\n')],
  ])('an edit behind a link called %s selects and moves what it decides about, nothing else', async (_, edit) => {
    edit();
    const after = await measureChange(workspace);
    expect(moved(after)).toEqual(['app:build']);
    expect(after.selectedTasks.filter((task) => task.endsWith(':build'))).toEqual(['app:build']);
    expect(after.selectedProjects).toContain('app');
    expect((await measureAfresh(workspace)).tasks).toEqual(after.tasks);
  });

  it('a named pipe in place of a source keeps no other project from being built, and nothing waits for it', async () => {
    execFileSync('mkfifo', [workspace.path('names/__proto__/pipe.go')]);
    const { output, exitCode } = await workspace.nx(['run-many', '-t', 'build', '--nxBail=false']);
    expect(exitCode).not.toBe(0);
    expect(tasksThat('failed', taskEnds(output))).toEqual(['names/all:build']);
    expect(output).toContain('go would wait for names/__proto__/pipe.go');
  });
});
