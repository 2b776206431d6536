import { readFileSync } from 'node:fs';

import { expect, it, jest } from '@jest/globals';

import { GoSession } from '../task/session.js';
import { GO_ENV, GoWorkspace } from '../../../testing/executors/go-workspace.js';
import type { TidyExecutorOptions } from './schema.js';
import { tidyModule, type TidyTask } from './tidy-module.js';

jest.setTimeout(60_000);

const task = (options: TidyExecutorOptions, targetConfiguration?: TidyTask['targetConfiguration']): TidyTask => ({
  id: 'm:tidy',
  root: 'm',
  dotenv: {},
  options: { ...options, env: { ...GO_ENV, ...options.env } },
  targetConfiguration,
});

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
  const checked = await tidyModule(task({ check: true }), session);
  expect(checked.success).toBe(false);
  expect(checked.text).toContain('-require example.com/lib v0.0.0');
  expect(checked.text).toContain('The module in m is not tidy');
  expect(readFileSync(workspace.path('m/go.mod'), 'utf8')).toBe(untidy);
  expect(await tidyModule(task({}), session)).toMatchObject({ success: true });
  expect(readFileSync(workspace.path('m/go.mod'), 'utf8')).not.toContain('require');
  expect(await tidyModule(task({ check: true }), session)).toMatchObject({ success: true, text: '' });
  workspace.remove();
});

it('fills variables in, and runs nothing where one is not set or the graph refused an option', async () => {
  const workspace = new GoWorkspace({ 'm/go.mod': 'module example.com/m\n\ngo 1.24\n', 'm/x.go': 'package m\n' });
  const session = new GoSession(workspace.root);
  const unset = await tidyModule(task({ args: '$SPEC_UNSET' }), session);
  expect(unset.text).toContain('its option args holds the variable $SPEC_UNSET, which is not set, or empty');
  const filled = await tidyModule(task({ args: '$MORE', env: { MORE: '-no-such-flag' } }), session);
  expect(filled.text).toContain('-no-such-flag');
  const refused = { metadata: { gopher: { clash: 'm/project.json: wrong' } } as object };
  expect(await tidyModule(task({}, refused), session)).toEqual({
    success: false,
    text: 'nx-gopher does not run m:tidy: m/project.json: wrong\n',
  });
  workspace.remove();
});
