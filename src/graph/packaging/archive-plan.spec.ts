import type { NxJsonConfiguration } from '@nx/devkit';
import { describe, expect, it } from '@jest/globals';

import { projectFileWith } from '../../../testing/graph/project-file.js';
import { ByName } from '../../by-name.js';
import type { Package } from '../../go/listing/package.js';
import type { Module } from '../../workspace/workspace.js';
import { parseOptions } from '../options/options.js';
import { archivePlan, type ArchivePlan } from './archive-plan.js';
import type { GoProject } from '../projects/projects.js';

const LAMBDA = 'github.com/aws/aws-lambda-go/lambda';
const module: Module = { dir: '.', path: 'example.org/shop', goVersion: '1.24', settings: '', packageDirs: [] };

function main(dir: string, imports: readonly string[] = []): GoProject {
  const pkg = { importPath: `example.org/shop/${dir}`, name: 'main', dir, imports } as unknown as Package;
  const name = dir === '.' ? 'shop' : dir;
  return { dir, name, group: undefined, module, ownsManifest: dir === '.', pkg, members: [pkg] };
}

function plan(
  project: GoProject,
  options: object = {},
  { own, nxJson = {}, goos = 'linux' }: { own?: object; nxJson?: NxJsonConfiguration; goos?: string } = {},
): ArchivePlan | undefined {
  const file = own && projectFileWith(own as Parameters<typeof projectFileWith>[0]);
  return archivePlan(project, { options: parseOptions(options), nxJson, file, goos });
}

const pathsOf = (made: ArchivePlan | undefined) => made?.facts.archives.map(({ path }) => path);
const buildsOf = (made: ArchivePlan | undefined) => made?.builds.map(({ target }) => target.targetName);

describe('what no option gives a format', () => {
  it('is a tar.gz of what build makes', () => {
    const made = plan(main('cmd/tool'));
    expect(made?.options).toEqual({ format: 'tar.gz', outputPath: 'dist/cmd/tool' });
    expect(made?.facts).toEqual({
      name: 'tool',
      gate: ['test'],
      archives: [{ path: 'dist/cmd/tool/tool.tar.gz', binaries: [{ target: 'build', files: { '': 'tool' } }] }],
      checksums: 'dist/cmd/tool/tool_checksums.txt',
      licenses: ['cmd/tool', '.'].map(
        (dir) => `${dir === '.' ? '' : `${dir}/`}{LICENSE,LICENCE,COPYING,NOTICE}{,.md,.txt}`,
      ),
    });
    expect(made?.gate).toEqual(['test']);
  });

  it('is a zip for linux/arm64, without cgo, where the main package starts a Lambda handler', () => {
    const made = plan(main('svc/orders', ['fmt', LAMBDA]));
    expect(pathsOf(made)).toEqual(['dist/svc/orders/orders.zip']);
    expect(made?.builds.map(({ target }) => target)).toEqual([
      {
        targetName: 'build-linux-arm64',
        options: {
          cgo: false,
          goos: 'linux',
          goarch: 'arm64',
          outputPath: 'dist/{projectRoot}/build-linux-arm64/{binary}',
        },
        configurations: new ByName(),
        problems: [],
      },
    ]);
  });

  it('is told to give one in the directory of a go.mod, whose configuration is in the hash of the whole module', () => {
    const made = plan(main('.', [LAMBDA]));
    expect(made?.options['format']).toBe('tar.gz');
    expect(made?.facts.problem).toContain('Write the format into project.json');
    expect(plan(main('.', [LAMBDA]), {}, { own: { package: { options: { format: 'zip' } } } })?.facts.problem).toBe(
      undefined,
    );
  });
});

describe('the builds of a package', () => {
  it('are those of its platforms, with build’s other options and configurations', () => {
    const build = {
      ldflags: ['-s'],
      tags: ['pg'],
      configurations: { debug: { gcflags: '-N' }, pi: { goarch: 'arm' } },
    };
    const made = plan(main('cmd/tool'), { build, package: { platforms: ['linux/amd64', 'windows/amd64'] } });
    expect(pathsOf(made)).toEqual(['dist/cmd/tool/tool_linux_amd64.tar.gz', 'dist/cmd/tool/tool_windows_amd64.tar.gz']);
    expect(buildsOf(made)).toEqual(['build-linux-amd64', 'build-windows-amd64']);
    expect(made?.builds[1]?.effective).toEqual({
      executor: 'nx-gopher:go',
      options: expect.objectContaining({ goos: 'windows', goarch: 'amd64', cgo: false, ldflags: ['-s'], tags: ['pg'] }),
      configurations: new ByName([['debug', { gcflags: '-N' }]]),
      hasDependencies: false,
      problems: [],
    });
  });

  it('wait for what build is said to wait for, and read what it is said to read', () => {
    const own = { build: { dependsOn: ['generate'], inputs: ['...', '{projectRoot}/schema.sql'] } };
    const [build] = plan(main('svc/orders', [LAMBDA]), {}, { own })?.builds ?? [];
    expect(build?.declared).toEqual(own.build);
    expect(build?.effective.hasDependencies).toBe(true);
  });

  it('are build itself where it says in full what it is for', () => {
    const build = { goos: 'linux', goarch: 'arm64', cgo: false };
    const made = plan(main('svc/orders', [LAMBDA]), { build });
    expect(buildsOf(made)).toEqual([]);
    expect(made?.facts.archives[0]?.binaries).toEqual([
      { target: 'build', platform: { goos: 'linux', goarch: 'arm64' }, files: { '': 'orders' } },
    ]);
  });

  it('are in one image', () => {
    const own = { package: { options: { format: 'image', platforms: ['linux/amd64', 'linux/arm64'] } } };
    const made = plan(main('svc/web'), {}, { own });
    expect(pathsOf(made)).toEqual(['dist/svc/web/web.image.tar']);
    expect(made?.facts.archives[0]?.binaries.map(({ target }) => target)).toEqual(buildsOf(made));
  });

  it('are refused where targetDefaults would give all of them one output or another platform', () => {
    const nxJson = { targetDefaults: { 'nx-gopher:build': { options: { outputPath: 'bin/{projectName}' } } } };
    expect(plan(main('svc/orders', [LAMBDA]), {}, { nxJson })?.facts.problem).toContain('targetDefaults in nx.json');
  });
});

describe('the file that a build writes', () => {
  const filesOf = (build: object, goos: string) =>
    plan(main('cmd/tool'), { build }, { goos })?.facts.archives[0]?.binaries[0]?.files;

  it('is named after the system that build is for, by its options before the machine’s', () => {
    expect(filesOf({}, 'linux')).toEqual({ '': 'tool' });
    expect(filesOf({}, 'windows')).toEqual({ '': 'tool.exe' });
    expect(filesOf({ goos: 'windows' }, 'linux')).toEqual({ '': 'tool.exe' });
    expect(filesOf({ env: { GOOS: 'windows' } }, 'linux')).toEqual({ '': 'tool.exe' });
    expect(filesOf({ goos: 'linux' }, 'windows')).toEqual({ '': 'tool' });
  });

  it('is that of each configuration', () => {
    const configurations = {
      win: { goos: 'windows' },
      release: { ldflags: ['-s'] },
      named: { outputPath: 'bin/other' },
    };
    expect(filesOf({ outputPath: 'bin/{projectName}/prog', configurations }, 'linux')).toEqual({
      '': 'prog',
      win: 'tool.exe',
      release: 'prog',
      named: 'other',
    });
  });

  it('gets .exe once, and only if it is a program', () => {
    expect(filesOf({ outputPath: 'bin/tool.exe' }, 'windows')).toEqual({ '': 'tool.exe' });
    expect(filesOf({ outputPath: 'bin/tool.exe' }, 'linux')).toEqual({ '': 'tool.exe' });
    expect(filesOf({ buildmode: 'c-shared' }, 'windows')).toEqual({ '': 'tool' });
  });
});

it('says that files lie outside the workspace, and that a gate is no list', () => {
  const problem = (options: object) => plan(main('cmd/tool'), {}, { own: { package: { options } } })?.facts.problem;
  expect(problem({ files: ['../ca.pem'] })).toContain('Copy the file into the workspace');
  expect(plan(main('cmd/tool'), {}, { own: { package: { options: { gate: 'lint' } } } })?.problems).toEqual([
    'cmd/tool/project.json: targets.package.options.gate is "lint", but takes a list of strings. Write ["lint"].',
  ]);
  expect(problem({ gate: [] })).toBeUndefined();
});

it('does not stumble over options that are none', () => {
  const own = { package: { options: { platforms: ['linux'], gate: 'test', files: 'x' } } };
  const made = plan(main('cmd/tool'), {}, { own });
  expect(made?.problems.join()).toMatch(/"x".*"test".*"linux"/s);
  expect(made?.gate).toEqual(['test']);
  expect(made?.files).toEqual([]);
});

it('takes the project’s own options, and fills in placeholders', () => {
  const own = {
    package: {
      options: { architecture: 'amd64', files: ['{projectRoot}/conf', { source: '{workspaceRoot}/ca.pem' }] },
    },
  };
  const made = plan(
    main('svc/orders', [LAMBDA]),
    { package: { outputPath: 'out/{projectRoot}', gate: ['unit', 'lint'] } },
    { own },
  );
  expect(buildsOf(made)).toEqual(['build-linux-amd64']);
  expect(pathsOf(made)).toEqual(['out/svc/orders/orders.zip']);
  expect(made?.files).toEqual(['svc/orders/conf', 'ca.pem']);
  expect(made?.gate).toEqual(['unit', 'lint']);
});

it('is not there where it, or build, is switched off', () => {
  expect(plan(main('cmd/tool'), { package: false })).toBeUndefined();
  expect(plan(main('cmd/tool'), { build: false })).toBeUndefined();
});
