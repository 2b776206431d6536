import { expect, it } from '@jest/globals';

import { printedComparison } from './print.js';

const OUTSIDE = 'Outside the workspace, so it cannot be compared:\n  - x is a link to /opt/x';

it.each([
  [[], [], 'No difference: both machines share all cache hits of Go tasks.'],
  [[], ['x is a link to /opt/x'], `No difference in what can be compared.\n${OUTSIDE}`],
  [
    ['commit: a here, b there'],
    [],
    'These differences prevent the two machines from sharing hits:\n  - commit: a here, b there',
  ],
  [
    ['commit: a here, b there'],
    ['x is a link to /opt/x'],
    `These differences prevent the two machines from sharing hits:\n  - commit: a here, b there\n${OUTSIDE}`,
  ],
])('prints the differences %j and %j, which cannot be compared', (differences, unknown, text) => {
  expect(printedComparison(differences, unknown)).toBe(text);
});
