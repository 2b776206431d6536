import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it, jest } from '@jest/globals';

import { LongText } from '../output/long-text.js';
import { TestLog } from './test-log.js';

const textFor = (): LongText => new LongText('/nowhere/of/this/length');

function log(showPass: boolean, ...events: object[]): TestLog {
  const result = new TestLog(showPass, textFor, (text) => text.toUpperCase());
  for (const event of events) result.add(event as never);
  return result;
}

jest.setTimeout(120_000);

const output = (text: string, test?: string) => ({ Action: 'output', Package: 'p', Output: text, Test: test });

describe('TestLog', () => {
  const passing = [output('said\n'), output('PASS\n'), output('ok  \tp\t0.1s\n'), { Action: 'pass', Package: 'p' }];

  it('keeps one line of a passing package, all with showPass', () => {
    expect(log(false, ...passing).textOf('p')).toBe('ok  \tp\t0.1s\n');
    expect(log(true, ...passing).textOf('p')).toBe('said\nPASS\nok  \tp\t0.1s\n');
    expect(log(false, ...passing).passed('p')).toBe(true);
  });

  it('tells when a package has ended, and takes no single test for it', () => {
    const testLog = new TestLog(false, textFor);
    expect(testLog.add({ Action: 'fail', Package: 'p', Test: 'TestX' })).toBeUndefined();
    expect(testLog.add({ Action: 'fail', Package: 'p' })).toBe('p');
  });

  it('has no result for a package that go never ran or never ended', () => {
    expect(log(false, { Action: 'start', Package: 'p' }, { Action: 'pass', Package: 'p' }).passed('p')).toBeUndefined();
    expect(log(false, output('half\n')).passed('p')).toBeUndefined();
    expect(log(false).passed('p')).toBeUndefined();
  });

  it('is not led astray by a test that prints a name and exits on its own', () => {
    const events = [output('ok  \tp\t0.1s\n', 'Fake'), { Action: 'pass', Package: 'p', Test: 'Fake' }];
    expect(log(false, ...events).passed('p')).toBe(true);
  });

  it('puts what the compiler said before, as the user is to see it, and leaves the tests’ words', () => {
    const events = [
      { Action: 'build-output', ImportPath: 'd', Output: '# d\n' },
      { Action: 'build-output', ImportPath: 'd', Output: 'd.go:1:1: no\n' },
      { Action: 'build-fail', ImportPath: 'd' },
      { Action: 'build-output', ImportPath: 'other', Output: '# other\nother.go:1:1: no\n' },
      output('FAIL\tp [build failed]\n'),
      { Action: 'fail', Package: 'p', FailedBuild: 'd' },
    ];
    expect(log(false, ...events).textOf('p')).toBe('# D\nD.GO:1:1: NO\nFAIL\tp [build failed]\n');
  });

  it('of a missing package, takes the message under its own header', () => {
    const events = [
      { Action: 'build-output', ImportPath: 'gone', Output: '# q\nq.go:1:1: gone\n' },
      { Action: 'build-output', ImportPath: 'gone', Output: '# p\np.go:1:1: gone\n' },
      { Action: 'build-fail', ImportPath: 'gone' },
      output('FAIL\tp [setup failed]\n'),
      { Action: 'fail', Package: 'p', FailedBuild: 'gone' },
    ];
    expect(log(false, ...events).textOf('p')).toBe('# P\nP.GO:1:1: GONE\nFAIL\tp [setup failed]\n');
  });

  it('takes in far more than the memory holds', () => {
    const folder = mkdtempSync(join(tmpdir(), 'nx-gopher-spec-'));
    const source = (path: string): string => JSON.stringify(join(process.cwd(), 'src/executors', path));
    const script = `
      import { LongText } from ${source('output/long-text.ts')};
      import { TestLog } from ${source('test/test-log.ts')};
      const log = new TestLog(false, (path) => new LongText(${JSON.stringify(folder)} + '/' + path));
      const line = '.'.repeat(4095) + '\\n';
      let failed = 0;
      for (let index = 0; index < 200; index++) {
        const Package = 'p' + index;
        for (let count = 0; count < 512; count++) log.add({ Action: 'output', Package, Output: line });
        const Action = index % 10 === 0 ? 'fail' : 'pass';
        log.add({ Action, Package });
        if (Action === 'fail' && log.textOf(Package).includes('characters left out')) failed++;
        log.forget(Package);
      }
      console.log(failed);
    `;
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    writeFileSync(join(folder, 'script.ts'), script);
    const args = ['--max-old-space-size=64', '--import', import.meta.resolve('tsx'), join(folder, 'script.ts')];
    const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    rmSync(folder, { recursive: true });
    expect([stdout, stderr]).toEqual(['20\n', '']);
  });
});
