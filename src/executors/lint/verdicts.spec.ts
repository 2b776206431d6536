import { expect, it } from '@jest/globals';

import type { Finding } from '../../go/linting/finding.js';
import { hasStray, verdicts } from './verdicts.js';

function task(id: string, ...dirs: string[]) {
  const packages = dirs.map((dir) => ({ dir, pattern: '', importPath: '' }));
  return { id, packages, module: { moduleDir: '/w', workFile: undefined, cwd: '/w', env: { GOWORK: 'off' } } };
}

function finding(file: string, isTypeError = false): Finding {
  return { file, line: 1, column: 1, text: '', check: isTypeError ? 'typecheck' : 'errcheck', source: [], isTypeError };
}

function files(tasks: readonly ReturnType<typeof task>[], ...findings: Finding[]) {
  const { settled, again } = verdicts(tasks, findings);
  return {
    settled: Object.fromEntries(settled.map(([{ id }, own]) => [id, own.map(({ file }) => file)])),
    again: again.map(({ id }) => id),
  };
}

const TASKS = [task('a', '/w/a'), task('b', '/w/b', '/w/b/c')];

it('gives each task the findings of its packages', () => {
  expect(files(TASKS, finding('/w/b/c/x.go'), finding('/w/a/x.go'))).toEqual({
    settled: { a: ['/w/a/x.go'], b: ['/w/b/c/x.go'] },
    again: [],
  });
});

it('settles only what has no types, and asks again for the rest', () => {
  expect(files(TASKS, finding('/w/a/x.go', true), finding('/w/b/x.go'))).toEqual({
    settled: { a: ['/w/a/x.go'] },
    again: ['b'],
  });
});

it('a go.mod is of all packages of its module, even where one lies next to it', () => {
  expect(files([...TASKS, task('root', '/w')], finding('/w/go.mod'))).toEqual({
    settled: { a: ['/w/go.mod'], b: ['/w/go.mod'], root: ['/w/go.mod'] },
    again: [],
  });
  expect(files(TASKS, finding('/other/go.mod')).settled).toEqual({ a: [], b: [] });
});

it('what is said of no package that was asked for is said to all, once', () => {
  expect(files(TASKS, finding('/w/gen/x.y')).settled).toEqual({ a: ['/w/gen/x.y'], b: ['/w/gen/x.y'] });
  expect(files(TASKS, finding('/w/gen/x.go', true))).toEqual({
    settled: { a: ['/w/gen/x.go'], b: ['/w/gen/x.go'] },
    again: [],
  });
});

it('asks for each alone where something is said of a place outside of all', () => {
  expect(hasStray(TASKS, [finding('/w/a/x.go'), finding('/w/go.mod')])).toBe(false);
  expect(hasStray(TASKS, [finding('/w/a/x.go'), finding('/elsewhere/x.y')])).toBe(true);
});
