import { expect, it } from '@jest/globals';

import type { Affected } from '../../src/explain/explain-affected.js';
import type { Explanation } from '../../src/explain/explanation.js';
import { expectedByExplainSchema } from './explain-schema.js';

const run = { time: 1, hash: '1', commit: '', milliseconds: 5 };

/** Each field that there is: what the types ask for is complete. */
const explanation: Required<Explanation> = {
  task: 'a:build',
  hash: '2',
  now: {
    verdict: 'changed',
    reasons: [],
    since: run,
    causes: [
      { kind: 'file', path: 'a/a.go', change: 'changed', chain: ['a'], line: 1, within: 'func A()' },
      { kind: 'package', path: 'b', change: 'added', chain: ['a', 'b'] },
      { kind: 'directory', path: 'b/x', change: 'removed' },
      { kind: 'module', name: 'example.com/m', from: 'v1.0.0', to: 'v1.1.0', requiredBy: ['go.mod'] },
      { kind: 'output', path: 'dist' },
      { kind: 'other', part: 'x' },
    ],
  },
  last: { verdict: 'first', causes: [], reasons: [], run },
};

const affected: Affected = {
  base: 'main',
  changed: ['a/a.go'],
  tasks: [
    {
      task: 'a:build',
      hash: '1',
      files: [{ kind: 'file', path: 'a/a.go', change: 'new' }],
      configuration: [],
      sameHash: false,
      milliseconds: 1,
    },
  ],
};

it('allows all that the types do', () => {
  expectedByExplainSchema({ schemaVersion: 1, explanations: [explanation] });
  expectedByExplainSchema({ schemaVersion: 1, ...affected });
});

it('refuses fields that the document does not name, and missing ones', () => {
  expect(() => expectedByExplainSchema({ schemaVersion: 1, ...affected, more: 1 })).toThrow('does not allow');
  expect(() => expectedByExplainSchema({ ...affected })).toThrow('does not allow');
  const withoutTask = { ...explanation, task: undefined };
  expect(() => expectedByExplainSchema({ schemaVersion: 1, explanations: [withoutTask] })).toThrow('does not allow');
});
