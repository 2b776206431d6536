import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, describe, expect, it } from '@jest/globals';

import { ChangedFiles } from './changed-files.js';
import { Saves } from './saves.js';

describe('Saves', () => {
  it('makes one burst of changes that follow each other closely', async () => {
    const saves = new Saves(() => false);
    const some = saves.some();
    saves.add('a');
    await some;
    const taken = saves.take();
    for (const path of ['b', 'a', 'c']) {
      await sleep(5);
      saves.add(path);
    }
    expect(await taken).toEqual(['a', 'b', 'c']);
    expect(saves.isEmpty).toBe(true);
    expect(await saves.take()).toEqual([]);
  });

  it('waits longer where many files change, whose end is told late', async () => {
    const saves = new Saves(() => false);
    for (let number = 0; number < 400; number++) saves.add(`f${number}`);
    const taken = saves.take();
    await sleep(60);
    saves.add('last');
    expect((await taken).length).toBe(401);
  });

  it('waits as long as git changes files', async () => {
    let isLocked = true;
    const saves = new Saves(() => isLocked);
    saves.add('a');
    const taken = saves.take();
    await sleep(60);
    saves.add('b');
    isLocked = false;
    expect(await taken).toEqual(['a', 'b']);
  });

  it('can be woken without a change', async () => {
    const saves = new Saves(() => false);
    const some = saves.some();
    saves.nudge();
    await some;
    expect(saves.isEmpty).toBe(true);
  });
});

describe('ChangedFiles', () => {
  const root = mkdtempSync(join(tmpdir(), 'nx-gopher-changed-'));
  afterAll(() => rmSync(root, { recursive: true }));
  const nothing = (): string[] => [];

  it('tells files that have changed, come or gone, and no others', async () => {
    for (const name of ['a', 'b', 'c']) writeFileSync(join(root, name), '1');
    await sleep(250);
    const files = new ChangedFiles(root);
    expect(files.know(['a', 'b', 'c', 'none'], Date.now())).toEqual([]);
    writeFileSync(join(root, 'b'), '2');
    rmSync(join(root, 'c'));
    writeFileSync(join(root, 'd'), '1');
    expect(files.among(['a', 'b', 'c', 'd', 'none', '.'], nothing)).toEqual(['b', 'c', 'd']);
    expect(files.among(['a', 'c', 'none'], nothing)).toEqual([]);
  });

  it('looks at the files below a hinted directory', () => {
    const files = new ChangedFiles(root);
    files.know(['dir/x', 'a'], 0);
    expect(files.among(['dir'], () => ['dir/x', 'a'])).toEqual(['a']);
  });

  it('takes what was written in the last moment as changed once more', () => {
    writeFileSync(join(root, 'fresh'), '1');
    const files = new ChangedFiles(root);
    expect(files.know(['fresh'], Date.now() - 1000)).toEqual(['fresh']);
    expect(files.among(['fresh'], nothing)).toEqual(['fresh']);
  });
});
