import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

import { expectedByExplainSchema } from '../../testing/documents/explain-schema.js';
import { SINGLE_MODULE } from '../../testing/layouts/single-module.js';
import { run } from '../../testing/workspace/command.js';
import { appendText, replaceText } from '../../testing/workspace/files.js';
import { NX_23, NX_24 } from '../../testing/workspace/nx-versions.js';
import { Workspace } from '../../testing/workspace/workspace.js';

jest.setTimeout(300_000);

const BUILD = 'services/billing:build';
const WITHOUT_WORKERS = { NX_ISOLATE_PLUGINS: 'false' };

describe.each([NX_24, NX_23])('nx-gopher explain under Nx $nx', (version) => {
  let workspace: Workspace;

  beforeAll(async () => {
    workspace = await Workspace.create(SINGLE_MODULE, version, { pluginWorkers: false });
  });
  afterAll(() => workspace?.dispose());

  async function explain(args: readonly string[], settings: Readonly<Record<string, string>> = {}) {
    const bin = workspace.path('node_modules/.bin/nx-gopher');
    const env = workspace.environment({ ...WITHOUT_WORKERS, ...settings });
    const result = await run(bin, ['explain', ...args], workspace.root, env);
    if (args.includes('--json')) expectedByExplainSchema(JSON.parse(result.stdout));
    return result;
  }

  async function explained(settings: Readonly<Record<string, string>> = {}) {
    const { stdout } = await explain([BUILD, '--json'], settings);
    const { explanations } = JSON.parse(stdout) as {
      explanations: {
        now: { verdict: string; causes: object[] };
        last?: { causes: object[]; run: { hash: string } };
      }[];
    };
    return explanations[0] as (typeof explanations)[number];
  }

  it('knows of no run at first, and of a hit after one', async () => {
    expect((await explained()).now.verdict).toBe('first');
    const { exitCode } = await workspace.nx(['run', BUILD]);
    expect(exitCode).toBe(0);
    expect((await explained()).now.verdict).toBe('cached');
  });

  it('names the file, the function and the way of imports', async () => {
    replaceText(workspace.root, 'lib/price/price.go', 'return', 'return "" +');
    const { stdout } = await explain([BUILD]);
    expect(stdout).toContain('lib/price/price.go:6, in func Of(thing string) string: services/billing → lib/price');
    expect((await explained()).now).toMatchObject({
      verdict: 'changed',
      causes: [
        { kind: 'file', path: 'lib/price/price.go', change: 'changed', chain: ['services/billing', 'lib/price'] },
      ],
    });
  });

  it('says why it ran last', async () => {
    await workspace.nx(['run', BUILD]);
    const { now, last } = await explained();
    expect(now.verdict).toBe('cached');
    expect(last?.causes).toEqual([expect.objectContaining({ kind: 'file', path: 'lib/price/price.go' })]);
    expect((await explained({ GOFLAGS: '-tags=other' })).now.causes).toEqual([
      { kind: 'setting', name: 'GOFLAGS', from: '', to: '-tags=other' },
    ]);
  });

  it('says which tasks hold a file, and why one does not', async () => {
    const { stdout } = await explain(['lib/price/price.go']);
    expect(stdout).toContain(`${BUILD}: services/billing → lib/price`);
    expect(stdout).not.toContain('tools/sums:build');
    const { holders } = JSON.parse((await explain(['lib/price/price.go', '--json'])).stdout) as { holders: object[] };
    expect(holders).toContainEqual({ task: BUILD, chain: ['services/billing', 'lib/price'] });
    const { answers } = JSON.parse((await explain([BUILD, '--why-not', 'lib/clock/clock.go', '--json'])).stdout) as {
      answers: object[];
    };
    expect(answers).toEqual([expect.objectContaining({ task: BUILD, holds: false })]);
    const why = async (file: string) => (await explain([BUILD, '--why-not', file])).stdout;
    expect(await why('lib/price/price_test.go')).toContain('It is a test, and this task runs none.');
    expect(await why('lib/clock/clock.go')).toContain('Package lib/clock is not imported by services/billing.');
    expect(await why('lib/price/price.go')).toContain(
      `${BUILD} holds lib/price/price.go: services/billing → lib/price`,
    );
    expect(await why('lib/none.go')).toContain('There is no such file.');
  });

  it('explains what is affected, and that a comment in go.mod is a cache hit', async () => {
    await workspace.commit();
    appendText(workspace.root, 'go.mod', '\n// a comment\n');
    replaceText(workspace.root, 'lib/clock/clock.go', 'package clock', 'package clock // the clock');
    writeFileSync(workspace.path('lib/clock/a`b@c.go'), 'package clock\n');
    const { stdout } = await explain(['--affected', '--base', 'HEAD', '--targets', 'build', '--json']);
    const { tasks } = JSON.parse(stdout) as {
      tasks: { task: string; files: { path: string; change: string }[]; sameHash: boolean }[];
    };
    const billing = tasks.find(({ task }) => task === BUILD);
    expect(billing).toMatchObject({ files: [], configuration: ['go.mod'], sameHash: true });
    const holders = tasks.filter(({ files }) => files.some(({ path }) => path === 'lib/clock/clock.go'));
    expect(holders.map(({ task }) => task)).toContain('services/orders:build');
    expect(holders[0]?.files.map(({ path, change }) => `${path} ${change}`).sort()).toEqual([
      'lib/clock/a`b@c.go new',
      'lib/clock/clock.go changed',
    ]);
    const { stdout: markdown } = await explain(['--affected', '--base', 'HEAD', '--targets', 'build', '--markdown']);
    expect(markdown).toMatch(/\| `services\/billing:build` \| `go.mod` \(configuration\) \| cache hit \|/);
    expect(markdown).toContain('<code>lib/clock/a&#96;b&#64;c.go &#40;new&#41;');
  });

  it('says how another machine differs for a task', async () => {
    const doctor = (settings: Readonly<Record<string, string>>) =>
      run(workspace.path('node_modules/.bin/nx-gopher'), ['doctor', '--json'], workspace.root, {
        ...workspace.environment(WITHOUT_WORKERS),
        ...settings,
      });
    const there = join(workspace.home, 'there.json');
    writeFileSync(there, (await doctor({ GOFLAGS: '-tags=other' })).stdout);
    const { stdout } = await explain([BUILD, '--compare', there]);
    expect(stdout).toMatch(/services\/billing:build differs:\n +- GOFLAGS: empty here, -tags=other there/);
    expect(JSON.parse((await explain([BUILD, '--compare', there, '--json'])).stdout)).toMatchObject({
      tasks: [{ task: BUILD, differences: [expect.stringContaining('GOFLAGS')] }],
    });
    writeFileSync(there, (await doctor({})).stdout);
    expect((await explain([BUILD, '--compare', there])).stdout).toContain(`${BUILD}: no difference.`);
  });

  it('names what is wrong with a call', async () => {
    const { stderr, exitCode } = await explain(['services/biling:build']);
    expect({ stderr, exitCode }).toEqual({
      stderr: expect.stringContaining('Did you mean services/billing'),
      exitCode: 2,
    });
    expect((await explain(['services/billing:bild'])).stderr).toContain('no Go target bild');
    expect((await explain([])).exitCode).toBe(2);
  });
});
