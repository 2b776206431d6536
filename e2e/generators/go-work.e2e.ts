import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

import { EMPTY } from '../../testing/layouts/empty.js';
import { goMod } from '../../testing/layouts/layout.js';
import { remove, writeFiles } from '../../testing/workspace/files.js';
import { taskEnds, tasksThat } from '../../testing/workspace/nx-output.js';
import { NX_23, NX_24 } from '../../testing/workspace/nx-versions.js';
import { Workspace } from '../../testing/workspace/workspace.js';

jest.setTimeout(300_000);

const NX_JSON = { plugins: ['nx-gopher'], sync: { globalGenerators: ['nx-gopher:go-work-sync'] } };

describe.each([NX_24, NX_23])('go.work on Nx $nx', (nxVersion) => {
  let workspace: Workspace;
  const generate = async (...args: string[]) => {
    const { output, exitCode } = await workspace.nx(['generate', ...args, '--no-interactive']);
    if (exitCode !== 0) throw new Error(output);
  };

  beforeAll(async () => {
    workspace = await Workspace.create(EMPTY, nxVersion, { nxJson: NX_JSON });
  });
  afterAll(() => workspace?.dispose());

  it('is made for the modules on request, and joined by later ones', async () => {
    await generate('nx-gopher:module', 'api', '--module-path=example.com/shop/api', '--go-version=1.24', '--go-work');
    await generate('nx-gopher:module', 'libs/money');
    expect(workspace.text('go.work')).toBe('go 1.24\n\nuse (\n\t./api\n\t./libs/money\n)\n');
    expect(workspace.text('libs/money/go.mod')).toBe(goMod('example.com/shop/libs/money', '1.24'));
  });

  it('joins what lands in its modules', async () => {
    await generate('nx-gopher:library', 'libs/money');
    await generate('nx-gopher:handler', 'api', '--kind=cli');
    writeFiles(workspace.root, {
      'api/money.go': 'package main\n\nimport "example.com/shop/libs/money"\n\nvar _ = money.Greet("api")\n',
    });
    const { output } = await workspace.nx(['run-many', '-t', 'build', 'test', 'vet']);
    const tasks = ['api:build', 'api:test', 'api:vet', 'libs/money:test', 'libs/money:vet'];
    expect(tasksThat('ran', taskEnds(output))).toEqual(tasks);
  });

  it('is checked by nx sync:check and mended by nx sync', async () => {
    expect((await workspace.nx(['sync:check'])).exitCode).toBe(0);
    writeFiles(workspace.root, { 'web/go.mod': goMod('example.com/shop/web', '1.24') });
    remove(workspace.root, 'libs/money');
    const { output, exitCode } = await workspace.nx(['sync:check']);
    expect(exitCode).toBe(1);
    expect(output).toContain('go.work does not use the module in web.');
    expect(output).toContain('go.work uses libs/money, which is no module.');
    expect((await workspace.nx(['sync'])).exitCode).toBe(0);
    expect(workspace.text('go.work')).toBe('go 1.24\n\nuse (\n\t./api\n\t./web\n)\n');
    expect((await workspace.nx(['sync:check'])).exitCode).toBe(0);
  });
});
