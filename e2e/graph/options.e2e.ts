import { afterAll, describe, expect, it, jest } from '@jest/globals';

import { SINGLE_MODULE } from '../../testing/layouts/single-module.js';
import { measure, measureChange } from '../../testing/measuring/measure.js';
import { WRONG_VALUES } from '../../testing/options/wrong-values.js';
import { replaceText, writeFiles } from '../../testing/workspace/files.js';
import { taskEnds, tasksThat } from '../../testing/workspace/nx-output.js';
import { NX_24 } from '../../testing/workspace/nx-versions.js';
import { Workspace } from '../../testing/workspace/workspace.js';

jest.setTimeout(300_000);

const workspaces: Workspace[] = [];
afterAll(() => workspaces.forEach((workspace) => workspace.dispose()));

async function workspaceWith(options: object, nxJson: object = {}): Promise<Workspace> {
  const workspace = await Workspace.create(SINGLE_MODULE, NX_24, {
    nxJson: { plugins: [{ plugin: 'nx-gopher', options }], ...nxJson },
  });
  workspaces.push(workspace);
  return workspace;
}

interface ShownProject {
  readonly targets: Readonly<Record<string, { executor: string; outputs?: string[]; options: object }>>;
}

async function show(workspace: Workspace, project: string): Promise<ShownProject> {
  return JSON.parse((await workspace.nx(['show', 'project', project, '--json'])).stdout) as ShownProject;
}

describe('an option', () => {
  it('renames a target, switches one off, and sets options of all', async () => {
    const workspace = await workspaceWith({
      build: { targetName: 'compile', outputPath: 'out/{projectRoot}/{binary}', ldflags: '-s' },
      vet: false,
    });
    const { targets } = await show(workspace, 'services/orders');
    expect(Object.keys(targets).sort()).toEqual(['compile', 'package', 'run', 'serve', 'test']);
    expect(targets['compile']).toMatchObject({ executor: 'nx-gopher:go', options: { kind: 'build', ldflags: '-s' } });
    expect((await workspace.nx(['run', 'services/orders:compile'])).exitCode).toBe(0);
    expect(workspace.exists('out/services/orders/orders')).toBe(true);
  });

  it('is taken from targetDefaults by the name of the target, of the shared executor and of its own', async () => {
    const targetDefaults = {
      vet: { options: { verbose: true } },
      test: { inputs: ['default'] },
      'nx-gopher:build': { options: { ldflags: '-w' } },
    };
    const workspace = await workspaceWith({}, { targetDefaults });
    writeFiles(workspace.root, {
      'services/billing/project.json': JSON.stringify({
        targets: { test: { executor: 'nx-gopher:test', options: { short: true } } },
      }),
    });
    const { targets } = await show(workspace, 'services/orders');
    expect(targets['vet']).toMatchObject({ executor: 'nx-gopher:go', options: { kind: 'vet', verbose: true } });
    expect(targets['build']).toMatchObject({ executor: 'nx-gopher:build', options: { ldflags: '-w' } });
    expect(targets['test']).toMatchObject({ executor: 'nx-gopher:go', inputs: ['default'] });
    // Written by hand under the inferred name: Nx lays it over what is inferred.
    const own = (await show(workspace, 'services/billing')).targets['test'];
    expect(own).toMatchObject({ executor: 'nx-gopher:test', options: { short: true }, inputs: ['default'] });
    const refused = await workspace.nx(['run', 'services/orders:test']);
    expect(refused.output).toContain('Begin the list of inputs with "..."');
    replaceText(workspace.root, 'nx.json', '"default"', '"...", "default"');
    const kept = (await show(workspace, 'services/orders')).targets;
    expect(kept['vet']).toMatchObject({ options: { verbose: true } });
    expect(kept['test']).toMatchObject({ inputs: expect.arrayContaining(['default']) as unknown });
    expect(JSON.stringify(kept['test'])).toContain('goModule');
    expect((await workspace.nx(['run-many', '-t', 'test', '-p', 'services/orders,services/billing'])).exitCode).toBe(0);
  });

  it('holds for further targets of a kind, whose inputs are as exact, and which write beside the inferred one', async () => {
    const workspace = await workspaceWith({ build: { ldflags: '-s' } });
    const tagged = { executor: 'nx-gopher:go', options: { kind: 'build', tags: ['special'] } };
    const short = { executor: 'nx-gopher:test', options: { short: true } };
    writeFiles(workspace.root, {
      'services/orders/project.json': JSON.stringify({ targets: { 'build-special': tagged, 'test-short': short } }),
      'services/orders/special.go': '//go:build special\n\npackage main\n\nimport _ "example.org/shop/lib/special"\n',
      'lib/special/special.go': 'package special\n\nfunc init() { println("special") }\n',
      'services/billing/project.json': JSON.stringify({
        targets: {
          'test-cover': { ...short, options: { cover: true } },
          again: { ...tagged, options: { kind: 'build', outputPath: 'dist/services/billing/billing' } },
        },
      }),
    });
    const { targets } = await show(workspace, 'services/orders');
    const special = 'dist/services/orders/build-special/orders';
    expect(targets['build-special']).toMatchObject({ options: { kind: 'build', ldflags: '-s', outputPath: special } });
    expect(targets['test-short']?.outputs).not.toContain('{workspaceRoot}/coverage/services/orders/cover.out');
    const hits = async () => {
      const names = 'build,build-special,test-short';
      const { output } = await workspace.nx(['run-many', '-t', names, '-p', 'services/orders']);
      const ends = taskEnds(output);
      expect([output, tasksThat('failed', ends)]).toEqual([output, []]);
      return tasksThat('cached', ends).filter((task) => !task.endsWith(':go-start'));
    };
    expect(await hits()).toEqual([]);
    expect(workspace.exists(special) && workspace.exists('dist/services/orders/orders')).toBe(true);
    replaceText(workspace.root, 'lib/special/special.go', 'special")', 'changed")');
    expect(await hits()).toEqual(['services/orders:build', 'services/orders:test-short']);
    const refused = await workspace.nx(['run-many', '-t', 'again,build,test-cover', '-p', 'services/billing']);
    expect(refused.output).toContain(
      'services/billing:again writes dist/services/billing/billing, and so does services/billing:build',
    );
    expect(taskEnds(refused.output)['services/billing:test-cover']).toBe('ran');
    expect(workspace.exists('coverage/services/billing/test-cover/cover.out')).toBe(true);
  });

  it('leaves directories out', async () => {
    const workspace = await workspaceWith({ exclude: ['tools/**'] });
    const { stdout } = await workspace.nx(['show', 'projects', '--json']);
    const projects = JSON.parse(stdout) as string[];
    expect(projects).toContain('lib/fastsum');
    expect(projects.filter((name) => name.startsWith('tools'))).toEqual([]);
  });

  it.each([
    [{ granularty: 'module' }, 'Did you mean "granularity"?'],
    [{ build: { ldflag: '-s' } }, 'Did you mean "build.ldflags"?'],
    [{ test: { race: 'yes' } }, 'Write true.'],
  ])('that is wrong, %j, costs what it concerns and not the graph', async (options, remedy) => {
    const workspace = await workspaceWith(options);
    const { stdout, output, exitCode } = await workspace.nx(['show', 'projects', '--json']);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toEqual(expect.arrayContaining(['services/orders', 'lib/price', 'web']));
    expect(output).toContain(remedy);
    const run = await workspace.nx(['run-many', '-t', 'build', 'test', '-p', 'services/orders', '--skip-nx-cache']);
    const wrong = 'test' in options ? ['test'] : 'build' in options ? ['build'] : ['build', 'test'];
    for (const target of ['build', 'test']) {
      const refused = `nx-gopher does not run services/orders:${target}: nx.json: `;
      expect(run.output.includes(refused)).toBe(wrong.includes(target));
    }
    expect(run.output).toContain(remedy);
  });

  it('that is wrong for tidy is said when the graph is made, and refuses it alone', async () => {
    const workspace = await workspaceWith({ build: false, test: false, vet: false });
    writeFiles(workspace.root, { 'project.json': '{"name":"shop","targets":{"tidy":{"options":{"check":"no"}}}}' });
    const message = 'project.json: targets.tidy.options.check is "no", but takes a boolean. Write false.';
    expect((await workspace.nx(['show', 'projects'])).output).toContain(`nx-gopher: ${message}`);
    const { output, exitCode } = await workspace.nx(['run', 'shop:tidy']);
    expect(output).toContain(`nx-gopher does not run shop:tidy: ${message}`);
    expect(exitCode).not.toBe(0);
  });
});

it('refuses a target with a wrong option alone: all others build, and its message says what is right', async () => {
  const wrong = [...WRONG_VALUES, ['build', 5, 'targets.build.options is 5, but takes an object.'] as const].filter(
    ([kind]) => kind === 'build',
  );
  const project = ([, options]: (typeof wrong)[number], index: number): [string, string][] => [
    [`w${index}/main.go`, 'package main\n\nfunc main() {}\n'],
    [`w${index}/project.json`, JSON.stringify({ targets: { build: { options } } })],
  ];
  const workspace = await workspaceWith({ test: false, vet: false, package: false });
  writeFiles(workspace.root, Object.fromEntries(wrong.flatMap(project)));
  const { output, exitCode } = await workspace.nx(['run-many', '-t', 'build', '--outputStyle', 'static']);
  expect(exitCode).not.toBe(0);
  for (const [index, [, , message]] of wrong.entries()) {
    expect(output).toContain(`nx-gopher does not run w${index}:build: w${index}/project.json: `);
    expect(output).toContain(message);
    expect(workspace.exists(`dist/w${index}`)).toBe(false);
  }
  for (const main of SINGLE_MODULE.mains) expect(workspace.exists(`dist/${main}/${main.split('/').at(-1)}`)).toBe(true);
  // On the command line Nx would end the whole batch.
  const asked = await workspace.nx(['run-many', '-t', 'build', '-p', 'services/orders', '--race=maybe']);
  expect(asked.output).toContain('nx-gopher:build: race is "maybe", but takes a boolean.');
});

describe('granularity module', () => {
  it('keeps libraries in their module, and builds as exact as ever', async () => {
    const workspace = await workspaceWith({ granularity: 'module' });
    const before = await measure(workspace);
    expect(Object.keys(before.projects).sort()).toEqual([...SINGLE_MODULE.mains, 'shop', 'web'].sort());
    replaceText(workspace.root, 'lib/price/round.go', '"many"', '"a lot"');
    const after = await measureChange(workspace);
    const moved = Object.keys(after.tasks).filter((task) => after.tasks[task]?.hash !== before.tasks[task]?.hash);
    // All libraries are tested in one task; orders has a test that imports price, billing one that is empty.
    const expected = ['services/billing:build', 'services/orders:build', 'services/orders:test', 'shop:test'];
    expect(moved.filter((task) => task !== 'services/billing:test').sort()).toEqual(expected);
    expect(after.selectedTasks.filter((task) => task !== 'services/billing:test')).toEqual(expected);
  });

  it('tests all libraries of the module in one task', async () => {
    const workspace = workspaces.at(-1) as Workspace;
    await workspace.reset();
    const { output, exitCode } = await workspace.nx(['test', 'shop']);
    expect(exitCode).toBe(0);
    for (const name of ['clock', 'ledger', 'price']) expect(output).toContain(`example.org/shop/lib/${name}`);
  });
});
