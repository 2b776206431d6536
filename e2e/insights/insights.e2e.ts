import { readFileSync } from 'node:fs';

import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

import type { InsightsReport, StructureInsight, TestInsight } from '../../src/insights/report.js';
import { GO_WORK } from '../../testing/layouts/go-work.js';
import { run, type CommandResult } from '../../testing/workspace/command.js';
import { appendText } from '../../testing/workspace/files.js';
import { NX_24 } from '../../testing/workspace/nx-versions.js';
import { Workspace } from '../../testing/workspace/workspace.js';

jest.setTimeout(300_000);

/** What go says of a package. */
interface Listed {
  readonly ImportPath: string;
  readonly Deps?: readonly string[];
}

describe('nx-gopher insights', () => {
  let workspace: Workspace;

  beforeAll(async () => {
    workspace = await Workspace.create(GO_WORK, NX_24);
    for (const text of ['// One.\n', '// Two.\n']) {
      appendText(workspace.root, 'core/store/store.go', text);
      await workspace.commit();
    }
    // Neither is what a build is made of.
    appendText(workspace.root, 'core/log/log_test.go', '// Three.\n');
    await workspace.commit();
  });
  afterAll(() => workspace?.dispose());

  function insights(...args: string[]): Promise<CommandResult> {
    const bin = workspace.path('node_modules/.bin/nx-gopher');
    return run(bin, ['insights', ...args], workspace.root, workspace.environment());
  }

  it('tells what an edit costs, as go and git say', async () => {
    const { stdout, exitCode } = await insights('--json');
    expect(exitCode).toBe(0);
    const { edits, structure, tests } = JSON.parse(stdout) as InsightsReport;
    const go = await run(
      ...(['go', ['list', '-json=ImportPath,Deps', 'example.org/api/...'], workspace.root] as const),
      workspace.environment(),
    );
    const listed = JSON.parse(`[${go.stdout.replace(/\n}\n{/g, '\n},{')}]`) as Listed[];
    const builds = listed.filter(({ Deps = [] }) => Deps.includes('example.org/core/log')).length;
    expect(builds).toBe(2);
    expect(edits).toMatchObject({
      commits: 4,
      packages: expect.arrayContaining([
        { dir: 'core/log', changes: 1, reruns: 5, builds, tests: 3, importers: 2 },
        { dir: 'core/store', changes: 3, reruns: 9, builds: 1, tests: 2, importers: 1 },
        // A module of the same path comes from outside.
        { dir: 'thirdparty/money', changes: 1, reruns: 1, builds: 0, tests: 1, importers: 0 },
      ]),
    });
    expect(structure).toMatchObject({ moduleCycles: [], testCycles: [] });
    expect((structure as StructureInsight).unimported).toEqual([{ dir: 'thirdparty/money', tests: false }]);
    const untested = ['api/cmd/server', 'api/cmd/worker', 'outside', 'thirdparty/money', 'tools'];
    expect([...(tests as TestInsight).untested].sort()).toEqual(untested);
  });

  it('writes a page that holds it', async () => {
    const { stdout, exitCode } = await insights();
    expect({ stdout, exitCode }).toEqual({
      stdout: expect.stringMatching(/^Wrote file:.*insights\.html$/),
      exitCode: 0,
    });
    const html = readFileSync(workspace.path('insights.html'), 'utf8');
    const [, content = ''] = /<script type="application\/json" id="content">(.*?)<\/script>/.exec(html) ?? [];
    expect(JSON.parse(content)).toMatchObject({ sections: [{ id: 'edits' }, { id: 'structure' }, { id: 'tests' }] });
  });

  it('says what is wrong with a call', async () => {
    const calls = [
      ['--output', 'api'],
      ['--output', ''],
      ['--json', '--output', 'x'],
      ['--outptu', 'x'],
    ];
    const results = await Promise.all(calls.map((args) => insights(...args)));
    expect(results.map(({ exitCode }) => exitCode)).toEqual([2, 2, 2, 2]);
    const messages = results.map(({ stderr }) => stderr.split('\n')[0]);
    expect(messages).toEqual([
      expect.stringMatching(/The page cannot be written \(.*\)\. Name another file with --output\./),
      expect.stringContaining('--output names no file.'),
      expect.stringContaining('--json and --output exclude each other.'),
      expect.stringContaining("Unknown option '--outptu'"),
    ]);
  });
});
