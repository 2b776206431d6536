import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

jest.setTimeout(120_000);

// Groups and signals as these do not exist on Windows, and /proc is Linux's.
const onLinux = process.platform === 'linux' ? describe : describe.skip;

onLinux('an interrupted process', () => {
  let dir: string;
  beforeAll(() => {
    dir = realpathSync(mkdtempSync(join(tmpdir(), 'nx-gopher-spec-')));
    writeFileSync(join(dir, 'go.mod'), 'module example.com/m\n\ngo 1.24\n');
    writeFileSync(
      join(dir, 'x_test.go'),
      'package m\nimport ("testing"; "time"; "os")\n' +
        'func Test(t *testing.T) { os.WriteFile("started", nil, 0o644); time.Sleep(time.Minute) }\n',
    );
    writeFileSync(
      join(dir, 'worker.ts'),
      `import { runGoGroup } from ${JSON.stringify(join(process.cwd(), 'src/go/process/process-group.ts'))};\n` +
        `await runGoGroup({ path: 'go', version: '' }, ['test', './'], { cwd: ${JSON.stringify(dir)} }, () => undefined);\n`,
    );
    writeFileSync(join(dir, 'package.json'), '{ "type": "module" }');
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  /** Command lines of the processes that run in, or were started from, the directory. */
  const left = (): string[] =>
    readdirSync('/proc').flatMap((pid) => {
      try {
        const environment = readFileSync(`/proc/${pid}/environ`, 'utf8');
        return environment.includes(`SPEC_MARK=${dir}`) ? [readFileSync(`/proc/${pid}/cmdline`, 'utf8')] : [];
      } catch {
        return [];
      }
    });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s leaves neither go nor the test binary', async (signal) => {
    rmSync(join(dir, 'started'), { force: true });
    const env = { ...process.env, SPEC_MARK: dir, GOFLAGS: '', GOWORK: 'off', GOTOOLCHAIN: 'local' };
    const cache = { GOCACHE: join(tmpdir(), 'nx-gopher-spec-gocache') };
    const worker = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), join(dir, 'worker.ts')], {
      env: { ...env, ...cache },
      stdio: 'ignore',
    });
    const ended = new Promise((resolve) => worker.on('exit', (_code, by) => resolve(by)));
    while (!readdirSync(dir).includes('started')) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(left().join()).toContain('.test');
    worker.kill(signal);
    expect(await ended).toBe(signal);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(left()).toEqual([]);
  });
});
