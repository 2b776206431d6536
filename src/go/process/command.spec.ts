import { afterEach, expect, it } from '@jest/globals';

import { SIGNING_KEY_VARIABLE } from '../../secret-variables.js';
import { runGo } from './command.js';
import { runGoGroup } from './process-group.js';

afterEach(() => {
  delete process.env[SIGNING_KEY_VARIABLE];
});

/** A command that prints the environment that it was given, in the place of go. */
const printing = { path: process.execPath, version: '' };
const args = ['-p', 'JSON.stringify(process.env)'];

it('keeps the key that results are signed with from go, and so from the tests that go runs', async () => {
  process.env[SIGNING_KEY_VARIABLE] = 'secret';
  const { stdout } = await runGo(printing, args, { cwd: '.', env: { GOFLAGS: '-v' } });
  let ofGroup = '';
  await runGoGroup(printing, args, { cwd: '.' }, (line) => (ofGroup += line));
  for (const text of [stdout, ofGroup]) {
    expect(text).toContain('"PATH"');
    expect(text).not.toContain('secret');
  }
  expect(stdout).toContain('"GOFLAGS":"-v"');
});
