import { readFileSync } from 'node:fs';

import { expect, it, jest } from '@jest/globals';

import { GoSession } from '../task/session.js';
import { GO_ENV, GoWorkspace } from '../../../testing/executors/go-workspace.js';
import { tidyModule } from './tidy-module.js';

jest.setTimeout(60_000);

it('checks without a change, then tidies, also under a go.work', async () => {
  const untidy =
    'module example.com/m\n\ngo 1.24\n\nrequire example.com/lib v0.0.0\n\nreplace example.com/lib => ../lib\n';
  const workspace = new GoWorkspace({
    'go.work': 'go 1.24\n\nuse ./m\nuse ./lib\n',
    'm/go.mod': untidy,
    'm/x.go': 'package m\n',
    'lib/go.mod': 'module example.com/lib\n\ngo 1.24\n',
    'lib/x.go': 'package lib\n',
  });
  const session = new GoSession(workspace.root);
  const checked = await tidyModule('m', { check: true, env: GO_ENV }, session);
  expect(checked.success).toBe(false);
  expect(checked.text).toContain('-require example.com/lib v0.0.0');
  expect(checked.text).toContain('The module in m is not tidy');
  expect(readFileSync(workspace.path('m/go.mod'), 'utf8')).toBe(untidy);
  expect(await tidyModule('m', { env: GO_ENV }, session)).toMatchObject({ success: true });
  expect(readFileSync(workspace.path('m/go.mod'), 'utf8')).not.toContain('require');
  expect(await tidyModule('m', { check: true, env: GO_ENV }, session)).toMatchObject({ success: true, text: '' });
  workspace.remove();
});
