import { readFileSync } from 'node:fs';

import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

import { GoWorkspace, withoutTimes } from '../../../testing/executors/go-workspace.js';
import { testTasks } from './test-tasks.js';

jest.setTimeout(180_000);

const test = (name: string, body: string, imports = ''): string =>
  `package ${name}\nimport (\n"testing"\n${imports}\n)\nfunc Test(t *testing.T) {\n${body}\n}\n`;

const PACKAGES: Readonly<Record<string, string>> = {
  pass: test(
    'pass',
    't.Log("hidden"); fmt.Println("hidden too"); if testing.Verbose() { t.Fatal("verbose") }',
    '"fmt"',
  ),
  fail: test(
    'fail',
    'fmt.Print("no newline"); t.Log("log"); t.Run("sub", func(t *testing.T) { t.Error("boom") }); t.Run("ok", func(t *testing.T) {})',
    '"fmt"',
  ),
  fake: test(
    'fake',
    'fmt.Println("=== RUN   Fake\\n--- PASS: Fake (0.00s)\\nok  \\texample.com/m/fake\\t0.1s"); t.Fail()',
    '"fmt"',
  ),
  panics: test('panics', 't.Log("before"); panic("now")'),
  exits: test('exits', 'fmt.Println("bye"); os.Exit(3)', '"fmt"\n"os"'),
  skips: test('skips', 't.Skip("why")'),
  broken: test('broken', 'undefinedName()'),
  vetted: test('vetted', 'fmt.Printf("%d\\n", "text")', '"fmt"'),
  uses: test('uses', 'bad.X()', '"example.com/m/bad"'),
  lacks: test('lacks', 'gone.X()', '"example.com/m/gone"'),
  lacks2: test('lacks2', 'gone.X()', '"example.com/m/gone"'),
};

describe('tests of one module', () => {
  let workspace: GoWorkspace;
  beforeAll(() => {
    workspace = new GoWorkspace({
      'go.mod': 'module example.com/m\n\ngo 1.24\n',
      'bad/bad.go': 'package bad\n\nfunc X() { return 1 }\n',
      'none/none.go': 'package none\n\nfunc F() int { return 1 }\n',
      'half/half.go': 'package half\n\nfunc A() int { return 1 }\n\nfunc B() int { return 2 }\n',
      'half/half_test.go': test('half', 'A()'),
      'half/more/more.go': 'package more\n\nfunc C() int { return 1 }\n',
      'half/more/more_test.go': test('more', 'C()'),
    });
    for (const [name, text] of Object.entries(PACKAGES)) workspace.write({ [`${name}/x_test.go`]: text });
  });
  afterAll(() => workspace.remove());

  it('says of each package what go test says of it alone', async () => {
    const names = [...Object.keys(PACKAGES), 'none'];
    // Not out of go's test cache, which marks the line.
    const options = { count: 1 };
    const results = await workspace.run(
      'test',
      testTasks,
      Object.fromEntries(names.map((name) => [`${name}:test`, { root: name, options }])),
    );
    for (const name of names) {
      const plain = await workspace.go('test', '-count=1', `./${name}`);
      const result = results[`${name}:test`];
      expect([name, withoutTimes(result?.terminalOutput ?? '')]).toEqual([name, withoutTimes(plain)]);
      expect([name, result?.success]).toEqual([name, ['pass', 'skips', 'none'].includes(name)]);
    }
  });

  it('prints all with verbose, as go test -v does', async () => {
    const options = { verbose: true, count: 1 };
    const results = await workspace.run('test', testTasks, { 'fail:test': { root: 'fail', options } });
    const plain = await workspace.go('test', '-v', '-count=1', './fail');
    // The JSON converter of go drops these lines.
    expect(withoutTimes(results['fail:test']?.terminalOutput ?? '')).toBe(
      withoutTimes(plain.replace(/=== NAME.*\n/g, '')),
    );
  });

  it('a task of several packages ends when all of them did', async () => {
    const results = await workspace.run('test', testTasks, {
      'm:test': { root: '.', options: { packages: ['pass', 'skips', 'fail'] } },
      'n:test': { root: 'none', options: { packages: ['none', 'skips'] } },
    });
    expect(results['m:test']?.success).toBe(false);
    expect(results['m:test']?.terminalOutput).toMatch(/^ok .*\/pass\t.*\nok .*\/skips\t.*\nno newline/);
    expect(results['n:test']).toMatchObject({ success: true });
  });

  it('writes a coverage profile for each task, the same as alone', async () => {
    const results = await workspace.run('test', testTasks, {
      'half:test': { root: 'half', options: { cover: true } },
      'more:test': { root: 'half/more', options: { cover: true, coverProfile: 'out/more.cov' } },
      'none:test': { root: 'none', options: { cover: true } },
      'pass:test': { root: 'pass', options: { cover: true } },
      'fail:test': { root: 'fail', options: { cover: true } },
    });
    expect(results['half:test']?.terminalOutput).toContain('coverage: 50.0% of statements');
    expect(results['fail:test']).toMatchObject({ success: false });
    const profile = (path: string): string => readFileSync(workspace.path(path), 'utf8');
    for (const [path, name] of [
      ['coverage/half/cover.out', 'half'],
      ['out/more.cov', 'half/more'],
      ['coverage/none/cover.out', 'none'],
    ] as const) {
      await workspace.go('test', '-coverprofile=plain.out', `./${name}`);
      expect([name, profile(path)]).toEqual([name, profile('plain.out')]);
    }
    expect(profile('coverage/pass/cover.out')).toBe('mode: set\n');
  });

  it('coverPkg has a profile of its own', async () => {
    await workspace.run('test', testTasks, {
      'half:test': { root: 'half', options: { coverPkg: ['./...'], coverProfile: 'out/all.cov' } },
      'more:test': { root: 'half/more', options: { cover: true } },
    });
    await workspace.go('test', '-coverpkg=./...', '-coverprofile=plain.out', './half');
    expect(readFileSync(workspace.path('out/all.cov'), 'utf8')).toBe(readFileSync(workspace.path('plain.out'), 'utf8'));
  });

  it('hands flags of the test binary on', async () => {
    workspace.write({
      'own/x_test.go': test(
        'own',
        'if *word != "there" || flag.Arg(0) != "rest" { t.Fatal(*word, flag.Args()) }',
        '"flag"',
      ).replace('func Test', 'var word = flag.String("word", "", "")\nfunc Test'),
    });
    const options = { args: ['-word=there'], testArgs: ['rest'] };
    const results = await workspace.run('test', testTasks, { 'own:test': { root: 'own', options } });
    expect(results['own:test']).toMatchObject({ success: true });
  });

  it('says that it cannot audit what -exec runs, and with strict fails', async () => {
    const args = ['-exec=env'];
    const results = await workspace.run('test', testTasks, {
      'pass:test': { root: 'pass', options: { args, auditReads: true } },
      'skips:test': { root: 'skips', options: { args, auditReads: 'strict' } },
    });
    expect(results['pass:test']?.terminalOutput).toContain('auditReads does not work with tests that -exec runs');
    expect(results['pass:test']).toMatchObject({ success: true });
    expect(results['skips:test']).toMatchObject({ success: false });
  });

  it('fails every task with what go says when go itself fails', async () => {
    const options = { args: ['-coverprofile=/nowhere/x'] };
    const results = await workspace.run('test', testTasks, {
      'pass:test': { root: 'pass', options },
      'skips:test': { root: 'skips', options },
    });
    expect(results['pass:test']).toMatchObject({ success: false });
    expect(results['skips:test']?.terminalOutput).toContain('/nowhere/x');
  });
});
