import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

import { SINGLE_MODULE } from '../../testing/layouts/single-module.js';
import { writeFiles } from '../../testing/workspace/files.js';
import { NX_24 } from '../../testing/workspace/nx-versions.js';
import { Workspace } from '../../testing/workspace/workspace.js';

jest.setTimeout(300_000);

/** What the first bytes of an executable are. */
const MAGIC = { linux: '\u007fELF', windows: 'MZ' } as const;

describe('a build configuration', () => {
  let workspace: Workspace;
  beforeAll(async () => {
    workspace = await Workspace.create(SINGLE_MODULE, NX_24);
  });
  afterAll(() => workspace?.dispose());

  const startOf = (path: string, length: number) => workspace.read(path).toString('latin1', 0, length);

  it('that inputs were not inferred for is refused, with the line that declares it', async () => {
    const { exitCode, output } = await workspace.nx(['build', 'services/orders', '--goos=windows']);
    expect(exitCode).not.toBe(0);
    expect(output).toContain('services/orders/project.json');
    expect(output).toContain('{"targets":{"build":{"configurations":{"windows":{"goos":"windows"}}}}}');
    expect(workspace.exists('dist')).toBe(false);
  });

  it('runs once that line is there', async () => {
    writeFiles(workspace.root, {
      'services/orders/project.json': '{"targets":{"build":{"configurations":{"windows":{"goos":"windows"}}}}}',
    });
    const { exitCode, output } = await workspace.nx(['run', 'services/orders:build:windows']);
    await workspace.reset();
    expect(output).toContain('Successfully ran target build');
    expect(exitCode).toBe(0);
    // A named configuration for a platform has a directory of its own: no two platforms share an output.
    expect(startOf('dist/services/orders/windows/orders.exe', 2)).toBe(MAGIC.windows);
  });

  it('of the environment is the one inputs are inferred for', async () => {
    const { exitCode } = await workspace.nx(['build', 'services/billing'], { GOOS: 'windows' });
    expect(exitCode).toBe(0);
    expect(startOf('dist/services/billing/billing.exe', 2)).toBe(MAGIC.windows);
    expect((await workspace.nx(['build', 'services/billing'], { GOOS: 'linux' })).exitCode).toBe(0);
    expect(startOf('dist/services/billing/billing', 4)).toBe(MAGIC.linux);
  });

  it('for which a package has no files is no failure of it, and is not complained about', async () => {
    writeFiles(workspace.root, {
      'lib/registry/registry_windows.go': 'package registry\n',
      'lib/registry/registry_windows_test.go': 'package registry\n',
      'tools/service/main_windows.go': 'package main\n\nfunc main() {}\n',
      'tools/tools.go': '//go:build tools\n\npackage tools\n\nimport _ "example.org/money"\n',
    });
    const projects = ['lib/registry', 'tools/service', 'tools'];
    const { exitCode, output } = await workspace.nx(['run-many', '-t', 'build', 'test', 'vet', '-p', ...projects]);
    await workspace.reset();
    expect(output).not.toContain('build constraints exclude all Go files');
    expect(exitCode).toBe(0);
  });

  it('of another target is refused for tests too', async () => {
    const { exitCode, output } = await workspace.nx(['test', 'lib/price', '--tags=fancy']);
    expect(exitCode).not.toBe(0);
    expect(output).toContain('"tags":');
  });
});
