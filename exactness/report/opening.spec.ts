import { expect, it } from '@jest/globals';

import type { GoTarget, TaskHash } from '../../testing/measuring/measure.js';
import { FAILS, type Truth } from '../truth/go-truth.js';
import { opening } from './opening.js';

function opened(truth: Truth, kinds: Readonly<Record<string, GoTarget['kind'] | undefined>>): string {
  const task = (kind: GoTarget['kind'] | undefined): TaskHash => ({
    hash: '1',
    parts: {},
    cacheable: true,
    outputs: [],
    ...(kind ? { go: { kind, options: {}, packages: [] } } : {}),
  });
  const tasks = Object.fromEntries(Object.entries(kinds).map(([name, kind]) => [name, task(kind)]));
  return opening('shop', { measurement: { graphMilliseconds: 0, projects: {}, edges: {}, tasks }, truth });
}

it('says what is compared, and what cannot be yet', () => {
  const text = opened(
    { 'a:build': 'x', 'b:build': FAILS },
    { 'a:build': 'build', 'b:build': 'build', 'a:test': 'test' },
  );
  expect(text).toContain('shop: go builds 2 mains and 0 test binaries');
  expect(text).toContain('Not compared until go can build them: b:build');
});

it('says that there are tests alone', () => {
  expect(opened({ 'a:test': 'x' }, { 'a:test': 'test' })).toContain('no main package');
});

it('refuses a workspace without anything to compare', () => {
  expect(() => opened({}, { 'web:build': undefined })).toThrow('no build and no test is inferred in shop');
  expect(() => opened({ 'a:build': FAILS }, { 'a:build': 'build' })).toThrow('go can build none of the tasks of shop');
});
