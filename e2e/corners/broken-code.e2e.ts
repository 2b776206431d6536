import { mkdirSync, writeFileSync } from 'node:fs';

import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

import { goMod, mainPrinting, type Layout } from '../../testing/layouts/layout.js';
import { goSum } from '../../testing/module-proxy/proxy.js';
import { replaceText } from '../../testing/workspace/files.js';
import { taskEnds, tasksThat } from '../../testing/workspace/nx-output.js';
import { NX_24 } from '../../testing/workspace/nx-versions.js';
import { Workspace } from '../../testing/workspace/workspace.js';

jest.setTimeout(300_000);

const lib = (name: string): string => `example.org/broken/lib/${name}`;
const importing = (name: string): string =>
  `package main\n\nimport _ "${lib(name)}"\n\nfunc main() { println("${name}") }\n`;

/** Mains that are each broken in a way of their own, and one that is not. */
const BROKEN: Layout = {
  name: 'broken',
  mains: ['cmd/conflict', 'cmd/cycle', 'cmd/healthy', 'cmd/latin', 'cmd/syntax', 'cmd/unsummed'],
  tests: [],
  files: {
    'go.mod': goMod('example.org/broken', '1.24.0', ['example.org/letters v1.0.0', 'example.org/money v1.0.0']),
    'go.sum': goSum('example.org/money', 'v1.0.0'),
    'cmd/healthy/main.go': mainPrinting(['example.org/money'], 'money.Version()'),
    'cmd/conflict/main.go': importing('conflict'),
    'cmd/cycle/main.go': importing('cycle'),
    'cmd/latin/main.go': importing('latin'),
    'cmd/syntax/main.go': importing('syntax'),
    'cmd/unsummed/main.go': mainPrinting(['example.org/letters'], 'letters.Version()'),
    'lib/conflict/conflict.go':
      'package conflict\n\nimport (\n<<<<<<< HEAD\n\t_ "os"\n=======\n\t_ "fmt"\n>>>>>>> other\n)\n',
    'lib/cycle/cycle.go': `package cycle\n\nimport _ "${lib('round')}"\n`,
    'lib/round/round.go': `package round\n\nimport _ "${lib('cycle')}"\n`,
    'lib/syntax/syntax.go': 'package syntax\n\nimport _ "os\n',
    'odd dir/odd.go': 'package odd\n',
  },
};

/** What is said of each broken main, when the graph is computed and when it is built. */
const SAID = {
  'cmd/conflict:build': /lib\/conflict\/conflict\.go:4:1/,
  'cmd/cycle:build': /import cycle not allowed/,
  'cmd/latin:build': /lib\/latin\/latin\.go:3:7: illegal UTF-8 encoding/,
  'cmd/syntax:build': /lib\/syntax\/syntax\.go:3:10/,
  'cmd/unsummed:build': /missing go\.sum entry for module providing package example\.org\/letters/,
};

/** Before Go 1.17 go reads the go.mod of every required module, whatever it builds. */
const BROKEN_REPLACEMENT: Layout = {
  name: 'broken-replacement',
  mains: ['app'],
  tests: [],
  files: {
    'app/go.mod': goMod('example.org/app', '1.16', ['example.org/lib v0.0.0'], '\nreplace example.org/lib => ../lib\n'),
    'app/main.go': mainPrinting([], '"app"'),
    'lib/go.mod': `${goMod('example.org/lib', '1.16')}\nrequire (\n`,
    'lib/lib.go': 'package lib\n',
  },
};

describe('code that go cannot load', () => {
  let workspace: Workspace;
  beforeAll(async () => {
    workspace = await Workspace.create(BROKEN, NX_24);
    mkdirSync(workspace.path('lib/latin'), { recursive: true });
    writeFileSync(
      workspace.path('lib/latin/latin.go'),
      Buffer.from('package latin\n\n// caf\u00e9\nconst Name = "caf\u00e9"\n', 'latin1'),
    );
    await workspace.commit();
  });
  afterAll(() => workspace?.dispose());

  it('is named with file and line, and all projects are there', async () => {
    const { stdout, stderr, exitCode } = await workspace.nx(['show', 'projects', '--json']);
    expect(exitCode).toBe(0);
    const libraries = ['conflict', 'cycle', 'latin', 'round', 'syntax'].map((name) => `lib/${name}`);
    expect((JSON.parse(stdout) as string[]).sort()).toEqual(['broken', ...BROKEN.mains, ...libraries].sort());
    for (const message of Object.values(SAID)) expect(stderr).toMatch(message);
    expect(stderr).toMatch(/malformed import path "example\.org\/broken\/odd dir"/);
  });

  it('fails its own builds with that message; the others build, and are taken from the cache afterwards', async () => {
    const args = ['run-many', '-t', 'build', '--nxBail=false'];
    const first = taskEnds((await workspace.nx(args)).output);
    expect(tasksThat('failed', first)).toEqual(Object.keys(SAID));
    expect(tasksThat('ran', first)).toEqual(['cmd/healthy:build']);
    expect(tasksThat('cached', taskEnds((await workspace.nx(args)).output))).toEqual(['cmd/healthy:build']);
  });

  it.each(Object.entries(SAID))('says of %s alone what is wrong', async (task, message) => {
    const { output, exitCode } = await workspace.nx(['run', task]);
    expect(exitCode).not.toBe(0);
    expect(output.slice(output.indexOf('> nx run'))).toMatch(message);
  });

  it('builds once it is mended', async () => {
    replaceText(workspace.root, 'lib/syntax/syntax.go', '"os', '"os"');
    expect((await workspace.nx(['build', 'cmd/syntax'])).exitCode).toBe(0);
  });
});

describe('a go.mod that go cannot read, of a module that is required and not imported', () => {
  let workspace: Workspace;
  beforeAll(async () => {
    workspace = await Workspace.create(BROKEN_REPLACEMENT, NX_24);
  });
  afterAll(() => workspace?.dispose());

  it('selects, once it is mended, the builds that it broke', async () => {
    const build = async (): Promise<string> => (await workspace.nx(['affected', '-t', 'build', '--base=HEAD'])).output;
    expect((await workspace.nx(['build', 'app'])).output).toMatch(/app:build[^]*lib\/go\.mod:\d+: syntax error/);
    replaceText(workspace.root, 'lib/go.mod', 'require (\n', '');
    expect(tasksThat('ran', taskEnds(await build()))).toEqual(['app:build']);
  });
});
