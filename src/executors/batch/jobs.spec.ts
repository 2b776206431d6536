import { expect, it } from '@jest/globals';

import { Jobs, type Job } from './jobs.js';

/** Jobs that tell of their beginning, and go on when told to. */
function jobs(): {
  readonly log: string[];
  readonly job: (name: string, compiles?: string) => Job;
  readonly compiled: (name: string) => void;
  readonly end: (name: string) => Promise<void>;
} {
  const log: string[] = [];
  const ends = new Map<string, () => void>();
  const passes = new Map<string, () => void>();
  return {
    log,
    job: (name, compiles) => ({
      tasks: [],
      ...(compiles === undefined ? {} : { compiles }),
      run: (compiled) => {
        log.push(name);
        passes.set(name, compiled);
        return new Promise((resolve) => ends.set(name, resolve));
      },
    }),
    compiled: (name) => passes.get(name)?.(),
    end: async (name) => {
      ends.get(name)?.();
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

it('lets jobs that compile the same compile one after the other, in the order of the table', async () => {
  const { log, job, compiled, end } = jobs();
  const all = new Jobs(() => undefined);
  all.add('test', [job('test', 'x')]);
  all.add('vet', [job('vet', 'x')]);
  all.add('build', [job('build', 'x')]);
  all.start();
  expect(log).toEqual(['build']);
  compiled('build');
  expect(log).toEqual(['build', 'vet']);
  // That it also ends changes nothing.
  await end('build');
  expect(log).toEqual(['build', 'vet']);
  await end('vet');
  expect(log).toEqual(['build', 'vet', 'test']);
  expect(all.isIdle).toBe(false);
  await end('test');
  expect(all.isIdle).toBe(true);
});

it('starts what compiles something else, or nothing, at once', () => {
  const { log, job } = jobs();
  const all = new Jobs(() => undefined);
  all.add('build', [job('build', 'x')]);
  all.add('test', [job('test', 'y')]);
  all.add('package', [job('first'), job('second')]);
  all.start();
  expect(log).toEqual(['build', 'test', 'first']);
  expect(all.hasRoom('package')).toBe(false);
});

it('runs no more jobs at once than it was told, of whatever kinds', async () => {
  const { log, job, end } = jobs();
  const all = new Jobs(() => undefined, 1);
  all.add('test', [job('test', 'y')]);
  all.add('build', [job('build', 'x')]);
  expect(all.hasRoom('vet')).toBe(false);
  all.start();
  expect(log).toEqual(['build']);
  await end('build');
  expect(log).toEqual(['build', 'test']);
});

it('gives up what has not started', () => {
  const { log, job } = jobs();
  const all = new Jobs(() => undefined);
  const [first, second] = [job('first', 'x'), job('second', 'x')];
  all.add('build', [first, second]);
  all.start();
  expect(all.drop()).toEqual([second]);
  expect(log).toEqual(['first']);
});
