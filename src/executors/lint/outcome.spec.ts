import { afterAll, expect, it } from '@jest/globals';

import { GoWorkspace } from '../../../testing/executors/go-workspace.js';
import type { Finding } from '../../go/linting/finding.js';
import { textOf } from '../../files.js';
import { outcomeOf } from './outcome.js';

const workspace = new GoWorkspace();
afterAll(() => workspace.remove());

const FOUND: Finding = {
  file: workspace.path('a b/x,y.go'),
  line: 3,
  column: 5,
  text: 'bad: 100%\nreally',
  check: 'errcheck',
  source: ['\tx := 1'],
  isTypeError: false,
};

it('shows places from the root, with a mark below the line', async () => {
  const { success, text } = await outcomeOf({ root: 'a b', options: {} }, { findings: [FOUND] }, workspace.root);
  expect(success).toBe(false);
  expect(text).toBe('a b/x,y.go:3:5: bad: 100%\nreally (errcheck)\n\tx := 1\n\t   ^\n');
});

it('has no place in a line where the linter names none', async () => {
  const { text } = await outcomeOf({ root: '.', options: {} }, { findings: [{ ...FOUND, column: 0 }] }, workspace.root);
  expect(text).toBe('a b/x,y.go:3: bad: 100%\nreally (errcheck)\n\tx := 1\n');
});

it('escapes what GitHub would read as part of the command', async () => {
  const options = { annotations: 'github' } as const;
  const { text } = await outcomeOf({ root: 'a b', options }, { findings: [FOUND] }, workspace.root);
  expect(text).toContain('\n::error file=a b/x%2Cy.go,line=3,col=5,title=errcheck::bad: 100%25%0Areally\n');
});

it('writes a SARIF log, without findings too', async () => {
  const options = { reports: ['sarif'] } as const;
  const log = () => JSON.parse(textOf(workspace.path('lint/a b/lint.sarif')) ?? '') as object;
  await outcomeOf({ root: 'a b', options }, { findings: [FOUND] }, workspace.root);
  expect(log()).toMatchObject({
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'golangci-lint', rules: [{ id: 'errcheck' }] } },
        results: [
          {
            ruleId: 'errcheck',
            locations: [
              {
                physicalLocation: {
                  artifactLocation: { uri: 'a%20b/x%2Cy.go' },
                  region: { startLine: 3, startColumn: 5 },
                },
              },
            ],
          },
        ],
      },
    ],
  });
  expect((await outcomeOf({ root: 'a b', options }, { findings: [] }, workspace.root)).success).toBe(true);
  expect(log()).toMatchObject({ runs: [{ results: [] }] });
});

it('fails with what kept the linter from its work', async () => {
  const answer = { findings: [], failure: 'level=error msg="no config"\n' };
  expect(await outcomeOf({ root: '.', options: {} }, answer, workspace.root)).toEqual({
    success: false,
    text: 'level=error msg="no config"\n',
  });
});
