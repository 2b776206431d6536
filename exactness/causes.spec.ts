import { expect, it } from '@jest/globals';

import type { Cause } from '../src/explain/causes/cause.js';
import { causeProblem } from './causes.js';

const EDIT = { files: ['lib/a.go'], settingsMoved: false };
const changed = (path: string): Cause => ({ kind: 'file', path, change: 'changed' });

it.each<[string, readonly Cause[], typeof EDIT, string | undefined]>([
  ['the edited file', [changed('lib/a.go')], EDIT, undefined],
  ['nothing', [], EDIT, 'no cause'],
  ['another file', [changed('lib/b.go')], EDIT, 'names lib/b.go'],
  ['a file too many', [changed('lib/a.go'), changed('lib/b.go')], EDIT, 'names lib/b.go'],
  ['a package in an edited directory', [{ kind: 'package', path: 'lib/a.go/x', change: 'removed' }], EDIT, undefined],
  ['a part that nothing explains', [changed('lib/a.go'), { kind: 'other', part: 'x' }], EDIT, 'cannot explain x'],
  ['a setting, after an edit', [{ kind: 'setting', name: 'GOFLAGS' }], EDIT, 'names setting alone'],
  ['a setting, after it moved', [{ kind: 'setting', name: 'GOFLAGS' }], { files: [], settingsMoved: true }, undefined],
  ['a module', [{ kind: 'module', name: 'm' }], { files: ['go.mod'], settingsMoved: false }, undefined],
  ['the project of the file', [{ kind: 'option', name: 'the configuration of lib' }], EDIT, undefined],
  ['another project', [{ kind: 'option', name: 'the configuration of app' }], EDIT, 'names option alone'],
])('judges causes that name %s', (_what, causes, known, problem) => {
  expect(causeProblem(causes, known, { lib: 'lib', app: 'app' })).toBe(problem);
});
