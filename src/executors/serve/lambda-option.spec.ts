import { expect, it } from '@jest/globals';

import type { TargetFacts } from '../../facts/target-facts.js';
import { lambdaOption } from './lambda-option.js';

const built = (lambda: boolean) => {
  const gopher: TargetFacts = { buildConfigurations: [], ...(lambda ? { lambda } : {}) };
  return { metadata: { gopher } as object };
};

it.each([
  [{}, true, {}],
  [{}, false, undefined],
  [{ lambda: false }, true, undefined],
  [{ lambda: true }, false, {}],
  [{ lambda: { port: 9002 } }, false, { port: 9002 }],
  [{ proxy: { port: 3000 } }, true, undefined],
])('of the options %j, in a workspace whose graph says %j: %j', (options, isHandler, expected) => {
  expect(lambdaOption(options, built(isHandler))).toEqual(expected);
});

it('says nothing of a build that the graph does not know', () => {
  expect(lambdaOption({}, undefined)).toBeUndefined();
});
