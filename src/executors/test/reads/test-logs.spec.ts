import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

import { GoWorkspace, withoutTimes } from '../../../../testing/executors/go-workspace.js';
import { TestLogs } from './test-logs.js';

jest.setTimeout(180_000);

const test = (body: string, imports = ''): string =>
  `package p\nimport (\n"testing"\n${imports}\n)\nfunc Test(t *testing.T) {\n${body}\n}\n`;

describe('logs of test binaries', () => {
  let workspace: GoWorkspace;
  let logs: TestLogs;
  beforeAll(() => {
    logs = new TestLogs();
    workspace = new GoWorkspace({
      'go.mod': 'module example.com/m\n\ngo 1.24\n',
      'data.txt': 'data',
      'reads/x_test.go': test('os.ReadFile("../data.txt"); os.Getenv("WORD")', '"os"'),
      'child/x_test.go': test('exec.Command("cat", "../data.txt").Run()', '"os/exec"'),
      'fails/x_test.go': test('os.ReadFile("../data.txt"); t.Fatal("boom")', '"os"'),
      'panics/x_test.go': test('panic("now")'),
      'killed/x_test.go': test('syscall.Kill(os.Getpid(), syscall.SIGKILL); select {}', '"os"\n"syscall"'),
      'exits/x_test.go': test('os.Exit(3)', '"os"'),
      'runs/none/x_test.go': `${test('')}func TestMain(m *testing.M) {}\n`,
      'takes/x_test.go': test(
        'if *word != "there" || flag.Arg(0) != "rest" { t.Fatal(*word, flag.Args()) }',
        '"flag"',
      ).replace('func Test', 'var word = flag.String("word", "", "")\nfunc Test'),
      'none/none.go': 'package none\n',
    });
  });
  afterAll(() => {
    logs.remove();
    workspace.remove();
  });

  it('leave what go prints, and what arguments the tests get, as they are', async () => {
    const packages = ['reads', 'child', 'fails', 'panics', 'killed', 'exits', 'runs/none', 'none'].map(
      (dir) => `./${dir}`,
    );
    const args = ['test', '-count=1', '-p=1'];
    const plain = await workspace.go(...args, ...packages);
    expect(plain).toContain('signal: killed');
    expect(withoutTimes(await workspace.go(...args, logs.flag, ...packages))).toBe(withoutTimes(plain));
    const handed = await workspace.go(...args, logs.flag, './takes', '-word=there', '-args', 'rest');
    expect(handed).toMatch(/^ok/);
  });

  it('hold what each package read', () => {
    const data = new Set([workspace.path('data.txt')]);
    expect(logs.readsOf(workspace.path('reads'))).toMatchObject({ opened: data, environment: new Set(['WORD']) });
    expect(logs.readsOf(workspace.path('fails'))).toMatchObject({ opened: data });
  });

  it('name a program that was started, and nothing that it read', () => {
    const reads = logs.readsOf(workspace.path('child'));
    expect(reads).toBeInstanceOf(Object);
    const { opened } = reads as Exclude<typeof reads, string | undefined> & object;
    expect([...opened].some((path) => path.endsWith('/cat'))).toBe(true);
    expect(opened.has(workspace.path('data.txt'))).toBe(false);
  });

  it('are incomplete when the tests did not end, and missing when there were none', () => {
    const dirs = ['panics', 'killed', 'exits', 'runs/none', 'none'];
    const found = dirs.map((dir) => logs.readsOf(workspace.path(dir)));
    expect(found).toEqual(['incomplete', 'incomplete', 'incomplete', 'incomplete', undefined]);
  });
});
