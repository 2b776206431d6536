import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

import { Program } from './program.js';
import { watchedCommand } from './watched-command.js';

jest.setTimeout(60_000);

const folder = mkdtempSync(join(tmpdir(), 'nx-gopher-program-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Processes that were started with the mark. */
function left(mark: string): string[] {
  return readdirSync('/proc').flatMap((pid) => {
    try {
      const isOurs = readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`SPEC_MARK=${mark}\0`);
      return isOurs ? [readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')] : [];
    } catch {
      return [];
    }
  });
}

async function noneLeft(mark: string): Promise<string[]> {
  for (let tries = 0; tries < 100 && left(mark).length > 0; tries++) await sleep(50);
  return left(mark);
}

const start = (mark: string, script: string, grace = 300): Program =>
  Program.start({
    file: '/bin/sh',
    args: ['-c', script],
    cwd: folder,
    env: { PATH: process.env['PATH'], SPEC_MARK: mark },
    grace,
    group: true,
  });

// Groups and signals as these do not exist on Windows, and /proc is Linux's.
const onLinux = process.platform === 'linux' ? describe : describe.skip;

onLinux('a program', () => {
  it('ends with its exit code, and leaves nothing of its group', async () => {
    const program = start('code', 'sleep 100 & exit 7');
    expect(await program.ended).toEqual({ code: 7, signal: null });
    expect(await noneLeft('code')).toEqual([]);
  });

  it('gets time to end', async () => {
    const program = start('gentle', `trap 'exit 3' TERM; : > ${folder}/up; while :; do sleep 0.02; done`, 5000);
    while (!readdirSync(folder).includes('up')) await sleep(10);
    await program.stop();
    expect(await program.ended).toEqual({ code: 3, signal: null });
  });

  it('is killed when it does not end, with all that it has started', async () => {
    const program = start('stubborn', `trap '' TERM; sleep 100 & : > ${folder}/stubborn; while :; do sleep 0.02; done`);
    while (!readdirSync(folder).includes('stubborn')) await sleep(10);
    await program.stop();
    expect(await program.ended).toEqual({ code: null, signal: 'SIGKILL' });
    expect(left('stubborn')).toEqual([]);
  });

  it('has ended although nobody asks for what it leaves behind', async () => {
    const program = start('quick', `: > ${folder}/quick; while :; do sleep 0.02; done`);
    while (!readdirSync(folder).includes('quick')) await sleep(10);
    const from = Date.now();
    await program.stop();
    expect(Date.now() - from).toBeLessThan(1000);
  });

  it('says why it cannot be started', async () => {
    const program = Program.start({ file: '/bin/true', args: [], cwd: '/nowhere', env: {}, grace: 1, group: true });
    expect((await program.ended).problem).toContain('ENOENT');
  });

  describe('of a process that is killed', () => {
    beforeAll(() => {
      writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    });

    it.each([true, false])('ends, in a group of its own: %s', async (group) => {
      const mark = `orphan-${group}`;
      const up = join(folder, mark);
      const options = { file: '/bin/sh', cwd: folder, grace: 300, group };
      const script = `trap '' TERM; : > ${up}; while :; do sleep 0.02; done`;
      writeFileSync(
        join(folder, 'member.ts'),
        `import { Program } from ${JSON.stringify(join(process.cwd(), 'src/serve/restart/program.ts'))};\n` +
          `Program.start({ ...${JSON.stringify(options)}, args: ['-c', ${JSON.stringify(script)}], env: process.env });\n`,
      );
      const args = ['--import', import.meta.resolve('tsx'), join(folder, 'member.ts')];
      const member = spawn(process.execPath, args, { env: { ...process.env, SPEC_MARK: mark }, stdio: 'ignore' });
      while (!readdirSync(folder).includes(mark)) await sleep(20);
      member.kill('SIGKILL');
      expect(await noneLeft(mark)).toEqual([]);
    });
  });
});

it('needs no shell on Windows', () => {
  expect(watchedCommand('C:\\x.exe', ['a b'], 1000, true, 'win32')).toEqual({ file: 'C:\\x.exe', args: ['a b'] });
});
