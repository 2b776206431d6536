import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, it } from '@jest/globals';

import { GoWorkspace } from '../../../testing/executors/go-workspace.js';
import { runFormatter } from './formatters.js';
import { runGolangci } from './golangci.js';
import { runStaticcheck } from './staticcheck.js';

let workspace: GoWorkspace;
beforeEach(() => {
  workspace = new GoWorkspace({ 'go.mod': 'module example.org/a\n' });
});
afterEach(() => workspace.remove());

/** A program that does what a shell script says; `$report` is where golangci-lint's report goes. */
function program(script: string): string {
  const path = join(workspace.root, 'tool');
  const find = 'for word; do case "$word" in --output.json.path=*) report="${word#*=}";; esac; done';
  writeFileSync(path, `#!/bin/sh\n${find}\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

function run(script: string) {
  return { tool: program(script), cwd: workspace.root, env: {}, patterns: ['.'], tags: undefined, args: [] };
}

const FOUND = `{"Issues":[{"FromLinter":"a","Text":"b","Pos":{"Filename":"a.go","Line":1,"Column":1}}],"Report":{}}`;

it.each([
  ['ends well without a report', 'exit 0', /tool ended \(0\) without a report/],
  ['prints something else', 'echo hello; exit 0', /^hello$/m],
  ['writes half of a report', `printf '{"Issues":[' > "$report"; exit 1`, /ended \(1\) without a report/],
  ['writes something else', `echo null > "$report"`, /without a report/],
  ['fails, having found something', `echo '${FOUND}' > "$report"; echo timeout >&2; exit 4`, /^timeout$/m],
  ['is killed, having found something', `echo '${FOUND}' > "$report"; kill -9 $$`, /SIGKILL/],
  ['fails, having found nothing', `echo '{"Issues":null}' > "$report"; exit 1`, /tool ended with 1/],
])('takes no answer from a golangci-lint that %s', async (_, script, said) => {
  const answer = await runGolangci({ ...run(script), configuration: undefined, fix: false, freshCache: false });
  expect(answer.failure).toMatch(said);
});

it('takes the findings of a golangci-lint that ends with 1, whichever number the configuration has for that', async () => {
  const script = `case "$*" in *--issues-exit-code=1*) echo '${FOUND}' > "$report"; exit 1;; esac; exit 5`;
  const answer = await runGolangci({ ...run(script), configuration: undefined, fix: false, freshCache: false });
  expect(answer.failure).toBeUndefined();
  expect(answer.findings).toMatchObject([{ file: join(workspace.root, 'a.go'), check: 'a' }]);
});

const DIAGNOSTIC = '{"code":"a","location":{"file":"/a.go","line":1,"column":1},"message":"b"}';

it.each([
  ['prints text', `echo '${DIAGNOSTIC}'; echo 'a.go:1:1: text'; exit 1`, /a\.go:1:1: text/],
  ['prints other JSON', 'echo 5', /^5$/],
  ['is killed, having found something', `echo '${DIAGNOSTIC}'; kill -9 $$`, /SIGKILL/],
  ['says nothing', 'exit 1', /tool ended with 1/],
])('takes no answer from a staticcheck that %s', async (_, script, said) => {
  expect((await runStaticcheck(run(script))).failure).toMatch(said);
});

const DIFFERENCE = `printf -- 'diff a.go.orig a.go\\n--- a.go.orig\\n+++ a.go\\n@@ -1 +1 @@\\n-a\\n+b\\n'`;

it.each([
  ['is killed in the middle', `${DIFFERENCE}; kill -9 $$`, /SIGKILL/],
  ['breaks in the middle', `${DIFFERENCE}; echo 'panic: oh' >&2; exit 2`, /panic: oh/],
  ['says nothing', 'exit 3', /tool ended with 3/],
])('takes no answer from a formatter that %s', async (_, script, said) => {
  const { tool, cwd, env } = run(script);
  expect((await runFormatter({ tool, cwd, env, args: [], files: ['a.go'] })).failure).toMatch(said);
});

it('takes differences from a formatter that ends with 1', async () => {
  const { tool, cwd, env } = run(`${DIFFERENCE}; exit 1`);
  const answer = await runFormatter({ tool, cwd, env, args: [], files: ['a.go'] });
  expect(answer).toEqual({ byFile: new Map([[join(workspace.root, 'a.go'), '@@ -1 +1 @@\n-a\n+b\n']]) });
});
