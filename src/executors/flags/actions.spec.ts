import { afterAll, afterEach, describe, expect, it, jest } from '@jest/globals';

import { GoWorkspace } from '../../../testing/executors/go-workspace.js';
import { testTasks } from '../test/test-tasks.js';

jest.setTimeout(180_000);

// It looks at the go process through /proc.
const onLinux = process.platform === 'linux' ? describe : describe.skip;

onLinux('the flag -p', () => {
  const workspace = new GoWorkspace({
    'go.mod': 'module example.com/m\n\ngo 1.24\n',
    'm_test.go':
      'package m\n\nimport (\n\t"fmt"\n\t"os"\n\t"strings"\n\t"testing"\n)\n\n' +
      'func TestFlags(t *testing.T) {\n\tline, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", os.Getppid()))\n' +
      '\tt.Fatal("<", strings.Join(strings.Split(string(line), "\\x00"), " "), ">", err)\n}\n',
  });
  afterAll(() => workspace.remove());
  afterEach(() => {
    delete process.env['NX_PARALLEL'];
  });

  /** The flags `-p` that go was started with. */
  const flags = async (options: object): Promise<string[]> => {
    const results = await workspace.run('test', testTasks, { 'm:test': { root: '.', options } });
    const [, line = ''] = /< go (test .*) >/.exec(results['m:test']?.terminalOutput ?? '') ?? [];
    expect(line).toContain('test -json');
    return line.split(' ').filter((word) => word.startsWith('-p'));
  };

  it('is the number that Nx was told, unless args or GOFLAGS have one', async () => {
    expect(await flags({})).toEqual([]);
    process.env['NX_PARALLEL'] = '3';
    expect(await flags({})).toEqual(['-p=3']);
    expect(await flags({ args: ['-p=2'] })).toEqual(['-p=2']);
    expect(await flags({ env: { GOFLAGS: '-p=2' } })).toEqual([]);
  });
});
