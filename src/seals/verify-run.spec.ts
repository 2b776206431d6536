import { lstatSync, mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import type { PostTasksExecutionContext } from '@nx/devkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { FAULTS, keys, SIGNATURE_FAULTS } from '../../testing/cache-faults/faults.js';
import {
  cachedTask,
  copyOutputs,
  seal,
  stateOf,
  temporary,
  type CachedTask,
  type Keys,
  type Made,
} from '../../testing/cache-faults/sealed-entry.js';
import { Random } from '../../testing/random/random.js';
import type { WantedTask } from './rebuild.js';
import { sealPath } from './seal-path.js';
import type { Trust } from './trust.js';
import { verifyRun } from './verify-run.js';

type TaskResult = PostTasksExecutionContext['taskResults'][string];

const folder = temporary();
const [origin, cache, workspace] = ['origin', 'cache', 'workspace'].map((name) => join(folder.path, name)) as [
  string,
  string,
  string,
];
afterAll(() => folder.remove());

const own = keys();
const machineKey = Buffer.alloc(32, 7);
const APP = cachedTask('app', 'build', '11', ['dist/app/app']);
const OTHER = cachedTask('other', 'build', '22', ['dist/other/other']);
const MADE: Made = {
  'dist/app/app': { content: 'a binary', mode: 0o755 },
  'dist/other/other': { content: 'the other', mode: 0o755 },
};

async function make(how: Keys): Promise<void> {
  rmSync(origin, { recursive: true, force: true });
  for (const [path, { content, mode }] of Object.entries(MADE)) {
    mkdirSync(dirname(join(origin, path)), { recursive: true });
    writeFileSync(join(origin, path), content, { mode });
  }
  for (const task of [APP, OTHER]) await seal(task, origin, how);
}

const result = ({ project, target, hash, outputs }: CachedTask, status: TaskResult['status']): TaskResult =>
  ({
    task: { id: `${project}:${target}`, target: { project, target }, hash, outputs, overrides: {} },
    status,
  }) as unknown as TaskResult;

/** The message of the run's failure; undefined when what the cache gave was taken. */
async function verdict(
  status: TaskResult['status'],
  trust: Trust | undefined,
  task: CachedTask = APP,
): Promise<string | undefined> {
  const where = { workspaceRoot: workspace, cacheFolder: cache, trust };
  return verifyRun([result(task, status)], where, () => ({ executor: 'nx-gopher:build' })).then(
    () => undefined,
    (error: Error) => error.message,
  );
}

/** The task's entry is in the cache as `from` has it, and was restored. */
function restore(task: CachedTask = APP, from: string = origin, at: string = task.hash): string {
  const entry = join(cache, at);
  copyOutputs(task, from, entry);
  copyOutputs(task, entry, workspace);
  return entry;
}

beforeEach(() => {
  for (const path of [cache, workspace]) rmSync(path, { recursive: true, force: true });
});

describe('what a cache gave', () => {
  beforeAll(() => make({ machineKey, isBound: false }));

  it.each(['remote-cache', 'local-cache', 'local-cache-kept-existing'] as const)(
    'is taken when it is right (%s)',
    async (status) => {
      restore();
      expect(await verdict(status, undefined)).toBeUndefined();
      expect(stateOf(APP, workspace)).toEqual(stateOf(APP, origin));
    },
  );

  it.each(Object.keys(FAULTS))('is removed, and fails the run, when it is %s', async (name) => {
    for (const status of ['remote-cache', 'local-cache'] as const) {
      for (let seed = 0; seed < 8; seed++) {
        const entry = restore();
        const random = new Random(`${name} ${seed}`);
        const isDone = FAULTS[name]?.({ task: APP, folder: entry, other: OTHER, otherFolder: origin, random });
        expect(isDone).toBe(true);
        copyOutputs(APP, entry, workspace);
        const message = await verdict(status, undefined);
        // A change in the seal that says the same of the outputs leaves them as they were made.
        if (name === 'another seal' && message === undefined)
          expect(stateOf(APP, workspace)).toEqual(stateOf(APP, origin));
        else {
          expect(message).toContain('app:build (11): ');
          expect(stateOf(APP, workspace)).toEqual({});
          expect(stateOf(APP, entry)).toEqual({});
        }
      }
    }
  });

  it('names a file that the task did not make', async () => {
    const task = { ...APP, outputs: ['dist/app', sealPath('app', 'build')] };
    const entry = restore(task);
    writeFileSync(join(entry, 'dist/app/more'), '');
    expect(await verdict('remote-cache', undefined, task)).toContain('dist/app/more is none of its files');
  });

  it('is judged by what lies in the workspace where Nx keeps its cache elsewhere', async () => {
    copyOutputs(APP, origin, workspace);
    expect(await verdict('remote-cache', undefined)).toBeUndefined();
    writeFileSync(join(workspace, 'dist/app/app'), 'A binary');
    expect(await verdict('remote-cache', undefined)).toContain('dist/app/app holds other bytes');
  });

  it('is left alone where a project’s own outputs leave the seal out', async () => {
    const task = { ...APP, outputs: ['dist/app/app'] };
    expect(await verdict('remote-cache', undefined, task)).toBeUndefined();
    expect(await verdict('remote-cache', { publicKeys: [own.read], machineKey }, task)).toContain(
      'its outputs name no seal',
    );
  });

  it('is read once, and again when it was written since', async () => {
    const entry = restore();
    expect(await verdict('local-cache', undefined)).toBeUndefined();
    const binary = join(entry, 'dist/app/app');
    const { atime, mtime } = lstatSync(binary);
    writeFileSync(binary, 'A binary');
    utimesSync(binary, atime, mtime);
    expect(await verdict('local-cache', undefined)).toContain('dist/app/app holds other bytes');
  });

  it('is read though it came with a note that it was', async () => {
    const entry = restore();
    expect(await verdict('remote-cache', undefined)).toBeUndefined();
    const note = readFileSync(join(entry, '.nx-gopher-checked'));
    rmSync(entry, { recursive: true });
    restore();
    writeFileSync(join(entry, 'dist/app/app'), 'A binary');
    writeFileSync(join(entry, '.nx-gopher-checked'), note);
    expect(await verdict('remote-cache', undefined)).toContain('dist/app/app holds other bytes');
  });

  it('is compared when it is made, and then restored without', async () => {
    const entry = restore();
    expect(await verdict('success', undefined)).toBeUndefined();
    const stamps = JSON.parse(readFileSync(join(entry, '.nx-gopher-checked'), 'utf8')) as object;
    expect(Object.keys(stamps)).toEqual([sealPath('app', 'build'), 'dist/app/app']);
  });

  it('whose copy in the cache is damaged from the start is not kept there, and the run does not fail', async () => {
    const entry = restore();
    writeFileSync(join(entry, 'dist/app/app'), 'A binary');
    expect(await verdict('success', undefined)).toBeUndefined();
    expect(stateOf(APP, entry)).toEqual({});
    expect(stateOf(APP, workspace)).toEqual(stateOf(APP, origin));
  });

  describe('with the option to build anew', () => {
    const archive = cachedTask('app', 'package', '44', ['dist/app.zip']);
    const tested = cachedTask('app', 'test', '55', []);
    const targetOf = (dependsOn: readonly string[]) => (of: TaskResult) => ({
      dependsOn: of.task.target.target === 'test' ? [...dependsOn] : [],
      metadata: { gopher: of.task.target.target === 'package' ? { archive: {} } : {} } as object,
    });
    const run = (dependsOn: readonly string[], success = true) => {
      const entry = restore();
      writeFileSync(join(entry, 'dist/app/app'), 'A binary');
      writeFileSync(join(workspace, 'dist/app.zip'), 'packed');
      const asked: WantedTask[] = [];
      const rebuild = (tasks: readonly WantedTask[]) => (asked.push(...tasks), Promise.resolve(success));
      const results = [result(APP, 'remote-cache'), result(archive, 'success'), result(tested, 'success')];
      const where = { workspaceRoot: workspace, cacheFolder: cache, trust: undefined, rebuild };
      return verifyRun(results, where, targetOf(dependsOn)).then(
        () => ['built', asked.map(({ target }) => target)],
        () => ['failed', asked.map(({ target }) => target)],
      );
    };

    it('is built anew, with what was made of it', async () => {
      expect(await run(['go-start'])).toEqual(['built', ['build', 'package']]);
      expect([APP, archive].map((task) => stateOf(task, workspace))).toEqual([{}, {}]);
    });

    it('fails the run where that fails, or where a task ran that may have used it', async () => {
      expect(await run([], false)).toEqual(['failed', ['build', 'package']]);
      expect(await run(['build'])).toEqual(['failed', []]);
    });
  });

  it('takes along the archives of its project, and no other’s', async () => {
    const archives = ['app', 'other'].map((project) => cachedTask(project, 'package', '44', [`dist/${project}.zip`]));
    const entry = restore();
    writeFileSync(join(entry, 'dist/app/app'), 'A binary');
    for (const { project } of archives) writeFileSync(join(workspace, `dist/${project}.zip`), 'packed');
    const results = [result(APP, 'remote-cache'), ...archives.map((archive) => result(archive, 'success'))];
    const where = { workspaceRoot: workspace, cacheFolder: cache, trust: undefined };
    const targetOf = ({ task }: TaskResult) => ({
      metadata: { gopher: task.target.target === 'package' ? { archive: {} } : {} } as object,
    });
    await expect(verifyRun(results, where, targetOf)).rejects.toThrow('Removed with it: app:package.');
    expect(archives.map((archive) => Object.keys(stateOf(archive, workspace)))).toEqual([[], ['dist/other.zip']]);
  });

  it('is not looked at when the task ran', async () => {
    expect(await verdict('success', undefined)).toBeUndefined();
  });
});

describe('with trust', () => {
  const trust: Trust = { publicKeys: [keys().read, own.read], machineKey };
  const stranger: Trust = { ...trust, machineKey: Buffer.alloc(32, 8) };

  it('what a trusted key signed is taken on every machine', async () => {
    await make({ signingKey: own.privateKey, machineKey, isBound: true });
    restore();
    expect(await verdict('remote-cache', trust)).toBeUndefined();
    expect(await verdict('remote-cache', stranger)).toBeUndefined();
  });

  it.each(Object.keys(SIGNATURE_FAULTS))('%s is refused from a remote cache', async (name) => {
    await make({ signingKey: own.privateKey, isBound: true });
    const entry = restore();
    const random = new Random(name);
    expect(SIGNATURE_FAULTS[name]?.({ task: APP, folder: entry, other: OTHER, otherFolder: origin, random })).toBe(
      true,
    );
    copyOutputs(APP, entry, workspace);
    expect(await verdict('remote-cache', trust)).toMatch(/app:build \(11\): its seal is not signed/);
    expect(stateOf(APP, workspace)).toEqual({});
  });

  it('what was signed for one hash is refused under another', async () => {
    await make({ signingKey: own.privateKey, isBound: true });
    restore(APP, origin, '33');
    expect(await verdict('remote-cache', trust, { ...APP, hash: '33' })).toContain(
      'its seal is that of another hash (11)',
    );
  });

  it('a signature without a hash does not count', async () => {
    await make({ signingKey: own.privateKey, isBound: false });
    restore();
    expect(await verdict('remote-cache', trust)).toContain('is not signed with a key that nx.json trusts');
  });

  it('what this machine made is taken from its own cache, and what another one left there is not', async () => {
    await make({ machineKey, isBound: false });
    restore();
    expect(await verdict('local-cache', trust)).toBeUndefined();
    expect(await verdict('remote-cache', trust)).toContain('its seal is not signed');
    restore();
    expect(await verdict('local-cache', stranger)).toContain('its seal is not signed');
  });
});
