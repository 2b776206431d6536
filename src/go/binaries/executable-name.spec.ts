import { expect, test } from '@jest/globals';

import { executableName } from './executable-name.js';

test.each([
  ['example.com/m', 'm'],
  ['example.com/m/v2', 'm'],
  ['example.com/m/v12', 'm'],
  ['example.com/m/v1', 'v1'],
  ['example.com/m/v0', 'v0'],
  ['example.com/m/v02', 'v02'],
  ['v2', 'v2'],
])('%s is %s', (importPath, name) => expect(executableName(importPath)).toBe(name));
