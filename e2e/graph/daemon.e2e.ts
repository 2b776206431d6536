import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

import { SINGLE_MODULE } from '../../testing/layouts/single-module.js';
import { remove, replaceText, writeFiles } from '../../testing/workspace/files.js';
import { NX_23, NX_24 } from '../../testing/workspace/nx-versions.js';
import { Workspace } from '../../testing/workspace/workspace.js';

jest.setTimeout(300_000);

describe.each([NX_24, NX_23])('under the daemon of Nx $nx', (nxVersion) => {
  let workspace: Workspace;
  const daemon = { NX_DAEMON: 'true' };
  const inputs = async (main: string, settings = {}): Promise<string[]> => {
    const args = ['show', 'target', `${main}:build`, 'inputs', '--json'];
    const { stdout } = await workspace.nx(args, { ...daemon, ...settings });
    return (JSON.parse(stdout) as { files: string[] }).files;
  };

  beforeAll(async () => {
    workspace = await Workspace.create(SINGLE_MODULE, nxVersion);
    await workspace.nx(['daemon', '--start'], daemon);
  });
  afterAll(async () => {
    await workspace?.nx(['daemon', '--stop'], daemon);
    workspace?.dispose();
  });

  it('a new import brings a package in, and its removal takes it out', async () => {
    expect(await inputs('services/billing')).not.toContain('lib/clock/clock.go');
    writeFiles(workspace.root, {
      'services/billing/zone.go': 'package main\n\nimport _ "example.org/shop/lib/clock"\n',
    });
    await watched();
    expect(await inputs('services/billing')).toContain('lib/clock/clock.go');
    remove(workspace.root, 'services/billing/zone.go');
    await watched();
    expect(await inputs('services/billing')).not.toContain('lib/clock/clock.go');
  });

  it('a constraint that is taken away brings a file in', async () => {
    replaceText(workspace.root, 'lib/clock/fancy.go', '//go:build fancy\n\n', '');
    await watched();
    expect(await inputs('services/orders')).toContain('lib/clock/fancy.go');
    await workspace.reset();
    await watched();
  });

  it('the environment of each command counts, not the one that the daemon was started in', async () => {
    const linux = await inputs('services/orders');
    expect(linux).toContain('lib/clock/clock_linux.go');
    const windows = await inputs('services/orders', { GOOS: 'windows' });
    expect(windows).toContain('lib/clock/clock_windows.go');
    expect(windows).not.toContain('lib/clock/clock_linux.go');
    expect(await inputs('services/orders')).toEqual(linux);
  });

  it('builds, and takes what it built from the cache', async () => {
    const args = ['build', 'services/orders'];
    expect((await workspace.nx(args, daemon)).exitCode).toBe(0);
    expect((await workspace.nx(args, daemon)).output).toContain('from the cache');
  });
});

/** The daemon hears of a change from the file system a moment later. */
function watched(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1000));
}
