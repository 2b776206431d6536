import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';

import { GO_ENV, GoWorkspace } from '../../../testing/executors/go-workspace.js';
import type { BuildExecutorOptions } from '../../executors/build/schema.js';
import { prepareTask } from '../../executors/task/prepare-task.js';
import { GoSession } from '../../executors/task/session.js';
import type { ReadyTask } from '../../executors/task/task.js';
import { builtFile, buildTask, type BuiltMain } from './build-mains.js';
import { Builds } from './builds.js';
import { developmentOptions } from './development-options.js';
import { FastPath } from './fast-path.js';

jest.setTimeout(120_000);

let workspace: GoWorkspace;
let session: GoSession;
let task: ReadyTask<BuildExecutorOptions>;
beforeAll(async () => {
  workspace = new GoWorkspace({
    'go.mod': 'module example.org/shop\n\ngo 1.24\n',
    'main/main.go': 'package main\n\nfunc main() { println("one") }\n',
  });
  session = new GoSession(workspace.root);
  const served = { id: 'main:serve', project: 'main', root: 'main', goVariables: {}, environmentFiles: [] };
  const options = { ...developmentOptions({}, 'main', false, ''), env: GO_ENV };
  task = await prepareTask(buildTask({ ...served, build: {}, debug: false, fastPath: true }, options), session);
});
afterAll(() => rmSync(workspace.root, { recursive: true }));

function builds(fast?: FastPath) {
  const details: string[] = [];
  const warnings: string[] = [];
  const built: BuiltMain[] = [];
  const tell = {
    built: (one: BuiltMain) => void built.push(one),
    detail: (_: string, text: string) => void details.push(text.replace(/\d+ ms/, 'a moment')),
    warn: (text: string) => void warnings.push(text),
  };
  return { builds: new Builds(workspace.root, tell, fast), details, warnings, built };
}

const edit = (from: string, to: string): void => {
  const text = readFileSync(workspace.path('main/main.go'), 'utf8');
  workspace.write({ 'main/main.go': text.replace(from, to) });
};
const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 10));
};

it('records what go has built, builds edits without it, and leaves more than that to go', async () => {
  const { builds: served, details, built } = builds();
  const build = (edited?: readonly string[]) => served.build([{ task, fastPath: 'verify', edited }], session);
  await build();
  await until(() => details.includes('it is recorded how go builds it'));
  edit('one', 'two');
  await build(['main/main.go']);
  await until(() => details.includes('go makes the same bytes'));
  edit('two', 'two" + "');
  await build(['main/main.go', 'main/new.go']);
  edit('println', 'printn');
  await build(['main/main.go']);
  expect(built.map(({ success }) => success)).toEqual([true, true, true, false]);
  expect(details.filter((text) => /^(go builds|built)/.test(text))).toEqual([
    'go builds it: nothing is recorded of it yet',
    'built without go in a moment',
    'go builds it: more than code has changed',
    expect.stringMatching(/^go builds it: (nothing is recorded of it yet|.* does not compile in silence)$/),
  ]);
  edit('printn', 'println');
  served.close();
});

it('turns the fast path off when go makes other bytes, says so, and puts what go makes in place', async () => {
  class Wrong extends FastPath {
    why = '';
    override async build(...[tasks, , onEnd]: Parameters<FastPath['build']>): Promise<void> {
      for (const one of tasks) {
        mkdirSync(dirname(builtFile(one, workspace.root)), { recursive: true });
        writeFileSync(builtFile(one, workspace.root), 'wrong');
        onEnd({ task: one });
      }
    }
    override isCurrent(): boolean {
      return true;
    }
    override turnOff(why: string): void {
      this.why = why;
    }
  }
  const wrong = new Wrong(workspace.root);
  const { builds: served, warnings, built } = builds(wrong);
  await served.build([{ task, fastPath: 'verify', edited: ['main/main.go'] }], session);
  await until(() => built.length === 2);
  expect(wrong.why).toBe('it made other bytes than go');
  expect(warnings.join()).toContain('main:serve: what was built without go differs from what go builds');
  expect(readFileSync(builtFile(task, workspace.root)).length).toBeGreaterThan(10_000);
  expect(existsSync(`${builtFile(task, workspace.root)}.verified`)).toBe(false);
});
