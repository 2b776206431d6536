import { rmSync } from 'node:fs';

import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

import { SINGLE_MODULE } from '../../testing/layouts/single-module.js';
import { mustRun } from '../../testing/workspace/command.js';
import { environment } from '../../testing/workspace/environment.js';
import { replaceText } from '../../testing/workspace/files.js';
import { taskEnds, tasksThat } from '../../testing/workspace/nx-output.js';
import { NX_23, NX_24 } from '../../testing/workspace/nx-versions.js';
import { Workspace } from '../../testing/workspace/workspace.js';

jest.setTimeout(300_000);

const BINARIES = SINGLE_MODULE.mains.map((main) => `dist/${main}/${main.split('/').at(-1)}`);
const BUILDS = [...SINGLE_MODULE.mains.map((main) => `${main}:build`), 'web:build'].sort();

describe.each([NX_24, NX_23])('runs on Nx $nx', (nxVersion) => {
  let workspace: Workspace;
  const bytes = () => BINARIES.map((binary) => workspace.read(binary).toString('base64'));

  beforeAll(async () => {
    workspace = await Workspace.create(SINGLE_MODULE, nxVersion);
  });
  afterAll(() => workspace?.dispose());

  it('builds every main, and the binaries run', async () => {
    const { output, exitCode } = await workspace.nx(['run-many', '-t', 'build']);
    expect(output).toContain('Successfully ran target build');
    expect(exitCode).toBe(0);
    expect(tasksThat('ran', taskEnds(output))).toEqual(BUILDS);
    const printed = await Promise.all(
      BINARIES.map((binary) => mustRun(workspace.path(binary), [], workspace.root, environment())),
    );
    expect(printed.map(({ stdout }) => stdout.split(' ')[0])).toEqual([
      'orders',
      'billing',
      'mailer',
      'sums',
      'native',
    ]);
    expect(printed[4]?.stdout).toBe('native 42');
  });

  it('builds nothing twice, and restores what was deleted byte for byte', async () => {
    const before = bytes();
    expect(tasksThat('cached', taskEnds((await workspace.nx(['run-many', '-t', 'build'])).output))).toEqual(BUILDS);
    rmSync(workspace.path('dist'), { recursive: true });
    expect(tasksThat('cached', taskEnds((await workspace.nx(['run-many', '-t', 'build'])).output))).toEqual(BUILDS);
    expect(bytes()).toEqual(before);
  });

  it('gives the binaries of a plain go build', async () => {
    const pure = SINGLE_MODULE.mains.filter((main) => !SINGLE_MODULE.cgo?.includes(main));
    const packages = pure.map((main) => `./${main}`);
    const args = ['build', '-trimpath', '-buildvcs=false', '-o', `${workspace.path('dist/plain')}/`, ...packages];
    await mustRun('go', args, workspace.root, environment());
    for (const main of pure) {
      const name = main.split('/').at(-1) ?? '';
      expect(workspace.read(`dist/${main}/${name}`).equals(workspace.read(`dist/plain/${name}`))).toBe(true);
    }
  });

  it('tests every package, and nothing twice', async () => {
    const first = await workspace.nx(['run-many', '-t', 'test']);
    expect(first.exitCode).toBe(0);
    const tested = tasksThat('ran', taskEnds(first.output));
    expect(tested).toEqual(expect.arrayContaining(SINGLE_MODULE.tests.map((test) => `${test}:test`)));
    const second = await workspace.nx(['run-many', '-t', 'test']);
    expect(tasksThat('cached', taskEnds(second.output))).toEqual(tested);
  });

  it('vets every package, and nothing twice', async () => {
    const first = await workspace.nx(['run-many', '-t', 'vet']);
    expect(first.output).toContain('Successfully ran target vet');
    const vetted = tasksThat('ran', taskEnds(first.output));
    expect(vetted).toContain('lib/price:vet');
    expect(tasksThat('cached', taskEnds((await workspace.nx(['run-many', '-t', 'vet'])).output))).toEqual(vetted);
  });

  describe('with an error', () => {
    beforeAll(() => rmSync(workspace.path('dist'), { recursive: true, force: true }));

    it('of the compiler in a shared package, fails its dependents and builds the others', async () => {
      replaceText(workspace.root, 'lib/price/round.go', 'return "few"', 'return 7');
      const { output, exitCode } = await workspace.nx(['run-many', '-t', 'build', '--nxBail=false']);
      await workspace.reset();
      expect(exitCode).not.toBe(0);
      expect(tasksThat('failed', taskEnds(output))).toEqual(['services/billing:build', 'services/orders:build']);
      expect(output).toContain('lib/price/round.go:7:9');
      expect(BINARIES.filter((binary) => workspace.exists(binary))).toEqual(BINARIES.slice(2));
    });

    it('in an import block, fails its dependents with file and line, and builds the others', async () => {
      rmSync(workspace.path('dist'), { recursive: true, force: true });
      replaceText(workspace.root, 'lib/price/price.go', 'import "example.org/money"', 'import "example.org/money');
      const { output } = await workspace.nx(['run-many', '-t', 'build', '--skip-nx-cache']);
      await workspace.reset();
      expect(tasksThat('failed', taskEnds(output))).toEqual(['services/billing:build', 'services/orders:build']);
      expect(output).toMatch(/lib\/price\/price\.go:3:8/);
      expect(BINARIES.filter((binary) => workspace.exists(binary))).toEqual(BINARIES.slice(2));
    });

    it('in a test, prints the text of that test only', async () => {
      replaceText(workspace.root, 'lib/clock/clock_test.go', 'does not hold', 'the clock stands still');
      replaceText(workspace.root, 'lib/clock/clock_test.go', 'Zone() != ""', 'Zone() == ""');
      const { output, exitCode } = await workspace.nx(['run-many', '-t', 'test', '-p', 'lib/clock', 'lib/price']);
      await workspace.reset();
      expect(exitCode).not.toBe(0);
      expect(tasksThat('failed', taskEnds(output))).toEqual(['lib/clock:test']);
      expect(output).toContain('clock_test.go:9: the clock stands still');
      expect(output).not.toContain('example.org/shop/lib/price');
    });
  });
});
