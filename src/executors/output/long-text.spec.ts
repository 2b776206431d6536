import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, it } from '@jest/globals';

import { LongText } from './long-text.js';

const folder = mkdtempSync(join(tmpdir(), 'nx-gopher-spec-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const line = (index: number): string => `line ${String(index).padStart(7, '0')}\n`;
const lines = (count: number): string => Array.from({ length: count }, (_, index) => line(index)).join('');

function textOf(path: string, count: number): LongText {
  const text = new LongText(path, 'the/file');
  for (let index = 0; index < count; index++) text.append(line(index));
  return text;
}

describe('a text', () => {
  it('that is short is kept as it is, without a file', () => {
    const path = join(folder, 'short', 'file');
    const text = textOf(path, 3);
    expect(String(text)).toBe(lines(3));
    expect(text.lastLine()).toBe(line(2));
    expect(text.endsWith('2\n')).toBe(true);
    expect(existsSync(path)).toBe(false);
  });

  it('that is long keeps its beginning and its end, in whole lines, and is whole in the file', () => {
    const path = join(folder, 'long', 'file');
    const count = 300_000;
    const text = textOf(path, count);
    const kept = String(text);
    expect(kept.length).toBeLessThan(1_100_000);
    const [before = '', note = '', after = ''] = kept.split(/^(\[.*\]\n)/m);
    expect(note).toBe(
      `[${lines(count).length - before.length - after.length} characters left out, the whole text is in the/file]\n`,
    );
    expect(lines(count).startsWith(before)).toBe(true);
    expect(lines(count).endsWith(after)).toBe(true);
    expect(before.length).toBeGreaterThan(500_000);
    expect(after.length).toBeGreaterThan(500_000);
    expect(text.lastLine()).toBe(line(count - 1));
    expect(readFileSync(path, 'utf8')).toBe(lines(count));
    text.forget();
    expect(String(text)).toBe(line(count - 1));
    expect(readFileSync(path, 'utf8')).toBe(lines(count));
    text.discard();
    expect(existsSync(path)).toBe(false);
  });

  it('whose file cannot be written says so, and loses only its middle', () => {
    const text = textOf('/dev/null/is/no/directory', 100_000);
    expect(String(text)).toContain('characters left out, and lost: their file could not be written]');
    expect(String(text).endsWith(line(99_999))).toBe(true);
  });

  it('of nothing has no last line', () => {
    const text = new LongText('/nowhere');
    text.forget();
    expect([text.isEmpty, text.lastLine(), String(text)]).toEqual([true, '', '']);
  });
});
