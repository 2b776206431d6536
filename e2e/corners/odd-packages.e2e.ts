import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';

import { measure, measureAfresh, measureChange, type Measurement } from '../../testing/measuring/measure.js';
import { mustRun } from '../../testing/workspace/command.js';
import { environment } from '../../testing/workspace/environment.js';
import { appendText, replaceText, writeFiles } from '../../testing/workspace/files.js';
import { taskEnds, tasksThat } from '../../testing/workspace/nx-output.js';
import { NX_24 } from '../../testing/workspace/nx-versions.js';
import { Workspace } from '../../testing/workspace/workspace.js';
import { ODD_PACKAGES } from './layouts.js';

jest.setTimeout(300_000);

describe('packages and modules of odd places and names', () => {
  let workspace: Workspace;
  let before: Measurement;
  beforeAll(async () => {
    workspace = await Workspace.create(ODD_PACKAGES, NX_24);
    before = await measure(workspace);
  });
  afterEach(() => workspace.reset());
  afterAll(() => workspace?.dispose());

  const printed = async (binary: string): Promise<string> =>
    (await mustRun(workspace.path(binary), [], workspace.root, environment())).stdout.trim();
  const targetsOf = async (project: string): Promise<string[]> => {
    const { stdout } = await workspace.nx(['show', 'project', project, '--json']);
    return Object.keys((JSON.parse(stdout) as { targets: object }).targets).sort();
  };
  const moved = (after: Measurement): string[] =>
    Object.keys(after.tasks)
      .filter((task) => task.endsWith(':build') && after.tasks[task]?.hash !== before.tasks[task]?.hash)
      .sort();

  it('become projects, a module without packages and a directory with only ignored files too', async () => {
    const nested = ['cmd/linked', 'foo/foo', 'one/server', 'shelf/lib', 'two/server'];
    const names = [
      'empty',
      'foo',
      'ignored',
      'mainless',
      'odd',
      'späte dinge',
      'tagged',
      'tests',
      'windows',
      ...nested,
    ];
    expect(Object.keys(before.projects).sort()).toEqual(names.sort());
    expect(await targetsOf('empty')).toEqual(['go-start', 'tidy']);
    expect(await targetsOf('tests')).toEqual(['test', 'vet']);
    expect(await targetsOf('mainless')).toEqual(['test', 'vet']);
    expect(await targetsOf('odd')).toEqual(['build', 'go-start', 'package', 'run', 'serve', 'test', 'tidy', 'vet']);
  });

  it('build, each to a file of its own, and test', async () => {
    const { output } = await workspace.nx(['run-many', '-t', 'build', 'test', '--nxBail=false']);
    const ends = taskEnds(output);
    expect(tasksThat('failed', ends)).toEqual(['foo:build', 'windows:build']);
    const binaries = {
      'dist/odd': 'root money v1.0.0 embedded',
      'dist/one/server/server': 'one shelf',
      'dist/two/server/server': 'two',
      'dist/foo/foo/foo': 'foo foo',
      'dist/cmd/linked/linked': 'linked shelf',
      'dist/tagged/tagged': 'tagged',
      'dist/späte dinge/späte dinge': 'late money v1.1.0',
    };
    const found = await Promise.all(Object.keys(binaries).map(async (binary) => [binary, await printed(binary)]));
    expect(Object.fromEntries(found)).toEqual(binaries);
    expect((await workspace.nx(['run', 'windows:build:win'])).exitCode).toBe(0);
    expect(workspace.read('dist/windows/win/windows.exe').toString('latin1', 0, 2)).toBe('MZ');
  });

  it('that would write one path are refused with the line that makes it right', async () => {
    const { output, stderr } = await workspace.nx(['build', 'foo']);
    expect(stderr).toContain('nx-gopher: foo:build writes the file dist/foo/foo');
    const [line = ''] = /\{"targets".*\}/.exec(output) ?? [];
    writeFiles(workspace.root, { 'foo/project.json': line });
    expect((await workspace.nx(['build', 'foo'])).exitCode).toBe(0);
    expect(await printed('dist/foo/_/foo')).toBe('foo');
  });

  it('are built again when what a link to a directory leads to is edited', async () => {
    replaceText(workspace.root, 'shelf/lib/lib.go', '"shelf"', '"another shelf"');
    const after = await measureChange(workspace);
    expect(moved(after)).toEqual(['cmd/linked:build', 'one/server:build']);
    expect(after.selectedTasks).toEqual(expect.arrayContaining(moved(after)));
    expect(after.selectedProjects).toEqual(expect.arrayContaining(['cmd/linked', 'one/server']));
    expect((await measureAfresh(workspace)).tasks).toEqual(after.tasks);
  });

  it.each([
    ['an embedded file of an odd name', 'files/a b-ü.txt', ['odd:build']],
    ['a main with CRLF line ends', 'one/server/main.go', ['one/server:build']],
    ['a main in a directory of an odd name', 'späte dinge/main.go', ['späte dinge:build']],
    ['a main under a tag', 'tagged/main.go', ['tagged:build']],
    ['a main under a configuration', 'windows/main_windows.go', ['windows:build']],
    ['a test in a directory with only tests', 'tests/only_test.go', []],
  ])('are built again when %s is edited, and nothing else', async (_, file, builds) => {
    appendText(workspace.root, file, '\r\n// more\r\n');
    const after = await measureChange(workspace);
    expect(moved(after)).toEqual(builds);
    expect(after.selectedTasks.filter((task) => task.endsWith(':build'))).toEqual(builds);
  });

  it('keep their hashes when only the case of a file name changes back and forth', async () => {
    await workspace.git('mv', 'shelf/lib/lib.go', 'shelf/lib/Lib.go');
    const after = await measureChange(workspace);
    expect(moved(after)).toEqual(['cmd/linked:build', 'one/server:build']);
    expect(after.selectedTasks).toEqual(expect.arrayContaining(moved(after)));
    await workspace.reset();
    expect(moved(await measure(workspace))).toEqual([]);
  });

  it('named as another project is are told apart by a name in project.json', async () => {
    writeFiles(workspace.root, {
      'packages/ui/project.json': '{ "name": "tagged", "targets": {} }\n',
    });
    const { output, exitCode } = await workspace.nx(['show', 'projects']);
    expect(exitCode).not.toBe(0);
    expect(output).toMatch(/multiple locations[\s\S]*tagged[\s\S]*packages\/ui/);
    writeFiles(workspace.root, { 'tagged/project.json': '{ "name": "tagged-server" }\n' });
    const { stdout } = await workspace.nx(['show', 'projects', '--json']);
    expect(JSON.parse(stdout)).toEqual(expect.arrayContaining(['tagged', 'tagged-server']));
  });
});
