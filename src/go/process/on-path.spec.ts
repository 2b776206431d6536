import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { onPath } from './on-path.js';

describe('onPath', () => {
  let root: string;
  const here = process.cwd();

  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'on-path-')));
    for (const dir of ['first', 'second', 'folder/cc']) mkdirSync(join(root, dir), { recursive: true });
    for (const file of ['first/cc', 'second/cc', 'cc']) writeFileSync(join(root, file), '#!/bin/sh\n', { mode: 0o755 });
    process.chdir(root);
  });

  afterEach(() => {
    process.chdir(here);
    rmSync(root, { recursive: true, force: true });
  });

  it('finds the first file that can be run', () => {
    chmodSync(join(root, 'first/cc'), 0o644);
    const path = ['folder', 'none', 'first', 'second'].map((dir) => join(root, dir)).join(delimiter);
    expect(onPath('cc', path)).toBe(join(root, 'second/cc'));
    expect(onPath('cxx', path)).toBeUndefined();
    expect(onPath('cc', '')).toBeUndefined();
  });

  it.each(['', '.', 'first'])('takes none that the entry "%s" finds in the current directory, as go', (entry) => {
    const second = join(root, 'second');
    const path = [entry, second].join(delimiter);
    expect(onPath('cc', path)).toBeUndefined();
    expect(onPath('cc', [second, entry].join(delimiter))).toBe(join(second, 'cc'));
  });

  it('says as go whether there is a C compiler', () => {
    const go = onPath('go');
    expect(go).toBeDefined();
    const cgoWith = (path: string): string => {
      const env = { ...process.env, CC: '', CGO_ENABLED: '', PATH: path, GOENV: 'off', GOTOOLCHAIN: 'local' };
      return execFileSync(String(go), ['env', 'CGO_ENABLED'], { cwd: root, env, encoding: 'utf8' }).trim();
    };
    for (const dir of ['first', 'second']) {
      for (const name of ['gcc', 'clang']) writeFileSync(join(root, dir, name), '#!/bin/sh\n', { mode: 0o755 });
    }
    chmodSync(join(root, 'first/gcc'), 0o644);
    chmodSync(join(root, 'first/clang'), 0o644);
    const [first, second] = [join(root, 'first'), join(root, 'second')];
    for (const path of ['', first, second, `second:${second}`, `${second}:second`, `:${second}`, `first:${second}`]) {
      expect({ path, cgo: cgoWith(path) }).toEqual({ path, cgo: onPath('gcc', path) ? '1' : '0' });
    }
  });
});
