import { rmSync } from 'node:fs';

import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

import { goMod, mainPrinting, type Layout } from '../../testing/layouts/layout.js';
import { measure, measureAfresh, measureChange } from '../../testing/measuring/measure.js';
import { mustRun } from '../../testing/workspace/command.js';
import { environment } from '../../testing/workspace/environment.js';
import { replaceText, writeFiles } from '../../testing/workspace/files.js';
import { taskEnds, tasksThat } from '../../testing/workspace/nx-output.js';
import { NX_24 } from '../../testing/workspace/nx-versions.js';
import { Workspace } from '../../testing/workspace/workspace.js';

jest.setTimeout(300_000);

/** A program that writes lib/stubs/names_gen.go and the whole package lib/wire, both from lib/stubs/names.txt. */
const GENERATOR = `import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';

const [name, ...imports] = readFileSync('lib/stubs/names.txt', 'utf8').trim().split(' ');
const lines = imports.map((path) => 'import _ "example.org/stubs/lib/' + path + '"\\n').join('');
writeFileSync('lib/stubs/names_gen.go', 'package stubs\\n\\n' + lines + '\\nconst name = "' + name + '"\\n');
mkdirSync('lib/wire', { recursive: true });
writeFileSync('lib/wire/wire.go', 'package wire\\n\\nimport "example.org/stubs/lib/runtime"\\n\\nconst Name = "wire of ' + name + ', " + runtime.Version\\n');
`;

/**
 * Go code that git ignores and a task writes:
 *
 *     cmd/part    lib/stubs, where one file is generated
 *     cmd/whole   lib/wire, which is generated as a whole and imports lib/runtime
 *     cmd/plain   neither
 */
const GENERATED: Layout = {
  name: 'generated',
  mains: ['cmd/part', 'cmd/plain', 'cmd/whole'],
  tests: [],
  files: {
    '.gitignore': 'node_modules\ndist\n.nx\n*_gen.go\nlib/wire\n',
    'go.mod': goMod('example.org/stubs', '1.24.0'),
    'cmd/part/main.go': mainPrinting(['example.org/stubs/lib/stubs'], 'stubs.Name()'),
    'cmd/whole/main.go': mainPrinting(
      ['example.org/stubs/lib/stubs', 'example.org/stubs/lib/wire'],
      'stubs.Name() + " " + wire.Name',
    ),
    'cmd/plain/main.go': mainPrinting([], '"plain"'),
    'lib/stubs/stubs.go': 'package stubs\n\nfunc Name() string { return name }\n',
    'lib/stubs/stubs_test.go':
      'package stubs\n\nimport (\n\t_ "embed"\n\t_ "net/http/httptest"\n\t"testing"\n)\n\n' +
      '//go:embed names.txt\nvar names string\n\nfunc TestNames(t *testing.T) {\n\tif names == "" {\n\t\tt.Fatal()\n\t}\n}\n',
    'lib/stubs/names.txt': 'first\n',
    'lib/stubs/project.json': `${JSON.stringify({
      targets: {
        generate: {
          command: 'node tools/generate.mjs',
          cache: true,
          inputs: ['{projectRoot}/names.txt', '{workspaceRoot}/tools/generate.mjs', { externalDependencies: [] }],
          outputs: ['{projectRoot}/*_gen.go', '{workspaceRoot}/lib/wire'],
        },
      },
    })}\n`,
    'lib/runtime/runtime.go': 'package runtime\n\nconst Version = "v1"\n',
    'lib/extra/extra.go': 'package extra\n',
    'tools/generate.mjs': GENERATOR,
  },
};

const GENERATE = 'lib/stubs:generate';
const BUILDS = ['cmd/part:build', 'cmd/plain:build', 'cmd/whole:build'];

describe('Go sources that git ignores and a task writes', () => {
  let workspace: Workspace;
  beforeAll(async () => {
    workspace = await Workspace.create(GENERATED, NX_24, {
      nxJson: {
        plugins: ['nx-gopher'],
        targetDefaults: { 'nx-gopher:build': { dependsOn: ['^generate'] } },
      },
    });
  });
  afterAll(() => workspace?.dispose());

  const run = async (...args: string[]) => {
    const { output, exitCode } = await workspace.nx(args);
    const ends = taskEnds(output);
    return { exitCode, ran: tasksThat('ran', ends), cached: tasksThat('cached', ends) };
  };
  const buildAll = () => run('run-many', '-t', 'build');
  const printed = async (main: string): Promise<string> =>
    (await mustRun(workspace.path(`dist/cmd/${main}/${main}`), [], workspace.root, environment())).stdout.trim();

  it('are built in a clean clone after they were written, and not cached under what is not known yet', async () => {
    expect(await buildAll()).toEqual({ exitCode: 0, ran: [...BUILDS, GENERATE], cached: [] });
    expect([await printed('part'), await printed('whole')]).toEqual(['first', 'first wire of first, v1']);
    const next = await buildAll();
    expect(next).toEqual({
      exitCode: 0,
      ran: ['cmd/part:build', 'cmd/whole:build'],
      cached: ['cmd/plain:build', GENERATE],
    });
    expect((await buildAll()).ran).toEqual([]);
  });

  it('are part of the graph once they are there', async () => {
    const { tasks, edges } = await measureAfresh(workspace);
    expect(BUILDS.filter((task) => tasks[task]?.cacheable)).toEqual(BUILDS);
    expect(edges['cmd/whole']).toContain('lib/runtime');
    const parts = Object.keys(tasks['cmd/whole:build']?.parts ?? {});
    expect(parts.some((part) => part.startsWith('lib/runtime:'))).toBe(true);
  });

  it('run their tests, with all that these embed and import', async () => {
    const test = () => run('run-many', '-t', 'test', '--projects=lib/stubs');
    // They wait for what writes the generated file without a line of configuration.
    expect(await test()).toEqual({ exitCode: 0, ran: ['lib/stubs:test'], cached: [GENERATE] });
    expect((await test()).cached).toEqual([GENERATE, 'lib/stubs:test']);
  });

  it('are written and built again when what they are made from is edited, and nothing else', async () => {
    replaceText(workspace.root, 'lib/stubs/names.txt', 'first', 'second');
    expect((await measureChange(workspace)).selectedTasks).toEqual(
      expect.arrayContaining(['cmd/part:build', 'cmd/whole:build']),
    );
    const { ran } = await run('affected', '-t', 'build', '--base=HEAD');
    expect(ran).toEqual(['cmd/part:build', 'cmd/whole:build', GENERATE]);
    expect([await printed('part'), await printed('whole')]).toEqual(['second', 'second wire of second, v1']);
  });

  it('select and build what they are made of', async () => {
    await workspace.commit();
    replaceText(workspace.root, 'lib/runtime/runtime.go', 'v1', 'v2');
    const { selectedTasks, selectedProjects } = await measureChange(workspace);
    expect(selectedTasks.filter((task) => task.endsWith(':build'))).toEqual(['cmd/whole:build']);
    expect(selectedProjects).toContain('cmd/whole');
    expect((await buildAll()).ran).toEqual(['cmd/whole:build']);
    expect(await printed('whole')).toBe('second wire of second, v2');
  });

  it('that come to import more are not built under inputs that do not hold it', async () => {
    writeFiles(workspace.root, { 'lib/stubs/names.txt': 'third extra\n' });
    const { output } = await workspace.nx(['run-many', '-t', 'build', '--nxBail=false']);
    expect(tasksThat('failed', taskEnds(output))).toEqual(['cmd/part:build', 'cmd/whole:build']);
    expect(output).toContain('generated code has begun to use example.org/stubs/lib/extra');
    expect((await buildAll()).ran).toEqual(['cmd/part:build', 'cmd/whole:build']);
    expect(await printed('part')).toBe('third');
  });

  it('have the same hash in the next clean clone as far as that can be known', async () => {
    const before = await measure(workspace);
    for (const written of ['dist', 'lib/wire', 'lib/stubs/names_gen.go'])
      rmSync(workspace.path(written), { recursive: true });
    expect((await run('run-many', '-t', 'generate')).cached).toEqual([GENERATE]);
    expect((await measureAfresh(workspace)).tasks).toEqual(before.tasks);
    expect((await buildAll()).cached).toEqual([...BUILDS, GENERATE]);
  });
});
