import { describe, expect, it } from '@jest/globals';

import { parseTestReads } from './test-reads.js';

const read = (log: string) => parseTestReads(log, '/w/lib/price');

describe('the log of a test binary', () => {
  it('names what was opened, examined and asked for, relative to where the test started', () => {
    const log = '# test log\nopen ../../fixtures/x.json\nstat testdata\ngetenv CURRENCY\nopen /etc/hosts\n';
    expect(read(log)).toEqual({
      opened: new Set(['/w/fixtures/x.json', '/etc/hosts']),
      examined: new Set(['/w/lib/price/testdata']),
      environment: new Set(['CURRENCY']),
    });
  });

  it('is read relative to where the test has gone', () => {
    const log = '# test log\nopen a\nchdir /tmp/here\nopen a\nchdir ..\nopen a\n';
    expect([...(read(log)?.opened ?? [])]).toEqual(['/w/lib/price/a', '/tmp/here/a', '/tmp/a']);
  });

  it('may hold names with blanks', () => {
    expect([...(read('# test log\nopen my file.txt\n')?.opened ?? [])]).toEqual(['/w/lib/price/my file.txt']);
  });

  it.each([
    ['empty', ''],
    ['of something else', 'open a\n'],
    ['cut off', '# test log\nopen ../../fix'],
  ])('is not taken for complete when it is %s', (_, log) => {
    expect(read(log)).toBeUndefined();
  });

  it('may hold nothing', () => {
    expect(read('# test log\n')?.opened.size).toBe(0);
  });
});
