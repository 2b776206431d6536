import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';

import { WEB } from '../../testing/layouts/javascript.js';
import { goMod, mainPrinting, type Layout } from '../../testing/layouts/layout.js';
import { measure, measureChange, type Measurement } from '../../testing/measuring/measure.js';
import { appendText } from '../../testing/workspace/files.js';
import { NX_24 } from '../../testing/workspace/nx-versions.js';
import { Workspace } from '../../testing/workspace/workspace.js';

jest.setTimeout(300_000);

const SYS = 'example.org/files/lib/sys';
const json = (value: object): string => `${JSON.stringify(value)}\n`;
const system = (name: string): string => `package sys\n\nconst Name = "${name}"\n`;

/**
 * Packages whose own files say more of their projects:
 *
 *     cmd/app      project.json: a name, a tag, three platforms, an input more, an implicit dependency on web
 *     cmd/other    package.json: a name and a tag
 *     cmd/plain    nothing
 *     cmd/guess    project.json: inputs that take the place of the inferred ones
 *     lib/sys      project.json: a name; files for each platform and one under the tag
 */
const PROJECT_FILES: Layout = {
  name: 'project-files',
  mains: ['cmd/app', 'cmd/other', 'cmd/plain', 'cmd/guess'],
  tests: [],
  files: {
    ...WEB,
    'go.mod': goMod('example.org/files', '1.24.0'),
    'extra.txt': 'extra\n',
    'cmd/app/main.go': mainPrinting([SYS], 'sys.Name'),
    'cmd/app/project.json': json({
      name: 'application',
      implicitDependencies: ['web'],
      targets: {
        build: {
          inputs: ['...', '{workspaceRoot}/extra.txt'],
          options: { tags: ['special'] },
          configurations: { linux: { goos: 'linux' }, darwin: { goos: 'darwin' }, windows: { goos: 'windows' } },
        },
      },
    }),
    'cmd/other/main.go': mainPrinting([SYS], 'sys.Name'),
    'cmd/other/project.json': '{}\n',
    'cmd/other/package.json': json({
      name: '@files/other',
      private: true,
      nx: { targets: { build: { options: { tags: 'special' } } } },
    }),
    'cmd/plain/main.go': mainPrinting([SYS], 'sys.Name'),
    'cmd/guess/main.go': mainPrinting([SYS], 'sys.Name'),
    'cmd/guess/project.json': json({ targets: { build: { inputs: ['{projectRoot}/**/*'] } } }),
    'lib/sys/project.json': json({ name: 'system' }),
    'lib/sys/sys_linux.go': system('linux'),
    'lib/sys/sys_darwin.go': system('darwin'),
    'lib/sys/sys_windows.go': system('windows'),
    'lib/sys/sys_plan9.go': system('plan9'),
    'lib/sys/special.go': `//go:build special\n\npackage sys\n\nimport _ "example.org/files/lib/rare"\n`,
    'lib/rare/rare.go': 'package rare\n',
  },
};

const APP = 'application:build';
const OTHER = '@files/other:build';
const PLAIN = 'cmd/plain:build';

describe('what project.json and package.json say of a Go project', () => {
  let workspace: Workspace;
  let before: Measurement;
  beforeAll(async () => {
    workspace = await Workspace.create(PROJECT_FILES, NX_24);
    before = await measure(workspace);
  });
  afterEach(() => workspace.reset());
  afterAll(() => workspace?.dispose());

  it('names the project, wherever others refer to it', () => {
    const names = ['application', '@files/other', 'cmd/plain', 'cmd/guess', 'system', 'lib/rare', 'files', 'web'];
    expect(Object.keys(before.projects).sort()).toEqual(names.sort());
    expect(before.edges['application']).toEqual(['system', 'web']);
    expect(before.edges['@files/other']).toEqual(['system']);
  });

  // Nobody builds for plan9; a package under a tag is part of what is built with the tag.
  it.each([
    ['lib/sys/sys_linux.go', [OTHER, APP, PLAIN]],
    ['lib/sys/sys_windows.go', [APP]],
    ['lib/sys/sys_darwin.go', [APP]],
    ['lib/sys/sys_plan9.go', []],
    ['lib/rare/rare.go', [OTHER, APP]],
    ['extra.txt', [APP]],
    ['web/page.txt', [APP]],
  ])('makes an edit of %s move and select exactly %j', async (file, tasks) => {
    appendText(workspace.root, file, '\n// more\n');
    const after = await measureChange(workspace);
    const moved = [APP, OTHER, PLAIN].filter((task) => after.tasks[task]?.hash !== before.tasks[task]?.hash);
    expect(moved.sort()).toEqual(tasks);
    expect([APP, OTHER, PLAIN].filter((task) => after.selectedTasks.includes(task)).sort()).toEqual(tasks);
  });

  it('builds each platform next to the others', async () => {
    const { exitCode } = await workspace.nx(['run-many', '-t', 'build', '-c', 'windows', '-p', 'application']);
    expect(exitCode).toBe(0);
    expect((await workspace.nx(['run', 'application:build:darwin'])).exitCode).toBe(0);
    expect((await workspace.nx(['build', 'application'])).exitCode).toBe(0);
    const outputs = ['app', 'windows/app.exe', 'darwin/app'].map((name) => `dist/cmd/app/${name}`);
    expect(outputs.filter((output) => workspace.exists(output))).toEqual(outputs);
  });

  it.each([
    ['application', '--goos=plan9', 'its inputs were not inferred for the build configuration'],
    ['application', '--tags=other', 'its inputs were not inferred for the build configuration'],
    ['cmd/plain', '--tags=special', 'its inputs were not inferred for the build configuration'],
    ['cmd/guess', '--verbose=false', 'the inputs it inferred were replaced'],
  ])('is what %s may be built for: %s is refused', async (project, option, message) => {
    const { output, exitCode } = await workspace.nx(['build', project, option]);
    expect(exitCode).not.toBe(0);
    expect(output).toContain(message);
  });
});
