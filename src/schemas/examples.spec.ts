import { expect, it } from '@jest/globals';

import { TARGET_KIND_NAMES } from '../facts/target-kinds.js';
import { executorSchema } from './executor-schema.js';
import { optionProblems } from './option-problems.js';

it.each(TARGET_KIND_NAMES)('the examples of %s are right', (kind) => {
  const { examples = [] } = executorSchema(kind) as { readonly examples?: readonly Record<string, unknown>[] };
  expect(examples.length).toBeGreaterThan(0);
  expect(examples.flatMap((example) => optionProblems(kind, example))).toEqual([]);
});
