import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

import { SINGLE_MODULE } from '../../testing/layouts/single-module.js';
import { mustRun } from '../../testing/workspace/command.js';
import { environment } from '../../testing/workspace/environment.js';
import { appendText, replaceText } from '../../testing/workspace/files.js';
import { notRun, taskEnds, tasksThat } from '../../testing/workspace/nx-output.js';
import { NX_23, NX_24 } from '../../testing/workspace/nx-versions.js';
import { taskTimes } from '../../testing/workspace/task-times.js';
import { temporaryFolder } from '../../testing/workspace/temporary-folder.js';
import { Workspace } from '../../testing/workspace/workspace.js';
import { ASIDE, goThatWaits, SIDE_BY_SIDE } from './side-by-side.js';

jest.setTimeout(300_000);

const BINARIES = SINGLE_MODULE.mains.map((main) => `dist/${main}/${main.split('/').at(-1)}`);
const BUILDS = [...SINGLE_MODULE.mains.map((main) => `${main}:build`), 'tools/late:build', 'web:build'].sort();

// The go command that waits is a shell script.
const onUnix = process.platform === 'win32' ? it.skip : it;

describe.each([NX_24, NX_23])('runs on Nx $nx', (nxVersion) => {
  let workspace: Workspace;
  const bytes = () => BINARIES.map((binary) => workspace.read(binary).toString('base64'));

  beforeAll(async () => {
    workspace = await Workspace.create(SINGLE_MODULE, nxVersion, { files: SIDE_BY_SIDE, pluginWorkers: true });
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

  onUnix(
    'runs builds, tests, a package and a front end side by side, go with as many actions as --parallel',
    async () => {
      const aside = mkdtempSync(join(temporaryFolder('side-by-side'), 'aside-'));
      try {
        const { stdout } = await mustRun('which', ['go'], workspace.root, environment());
        const calls = goThatWaits(aside, stdout.trim());
        const args = ['run-many', '-t', 'package,wait', '-p', 'tools/sums,tools/late,page', '--parallel=2'];
        const settings = { [ASIDE]: aside, NX_PROFILE: 'dist/profile.json', PATH: `${aside}:${process.env['PATH']}` };
        const { output, exitCode } = await workspace.nx([...args, '--skip-nx-cache'], settings);
        expect([exitCode, output]).toEqual([0, expect.stringContaining('Successfully ran targets package, wait')]);
        const of = taskTimes(workspace.path('dist/profile.json'));
        const slow = of('slow:test');
        for (const other of ['tools/sums:build', 'tools/late:build', 'page:wait', 'tools/sums:package']) {
          const { start, end } = of(other);
          expect([other, start < slow.end && slow.start < end]).toEqual([other, true]);
        }
        expect(of('tools/sums:package').end).toBeLessThan(slow.end);
        expect(of('tools/late:package').start).toBeGreaterThanOrEqual(slow.end);
        const working = calls().filter((call) => /^(build|test|vet) /.test(call));
        expect(working).toHaveLength(2);
        expect(working.filter((call) => !/ -p=2 /.test(call))).toEqual([]);
      } finally {
        rmSync(aside, { recursive: true });
      }
    },
  );

  it('starts nothing after a failure with --nxBail, and lists it as not run', async () => {
    appendText(workspace.root, 'lib/clock/clock.go', '\nfunc wrong() { println("%d", Zone); fmt.Printf("%d", "x") }\n');
    replaceText(workspace.root, 'lib/clock/clock.go', 'package clock\n', 'package clock\n\nimport "fmt"\n');
    const { output } = await workspace.nx(['run-many', '-t', 'vet,test', '-p', 'lib/clock', '--nxBail']);
    await workspace.reset();
    expect(tasksThat('failed', taskEnds(output))).toEqual(['lib/clock:vet']);
    expect(notRun(output)).toEqual(['lib/clock:test']);
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
