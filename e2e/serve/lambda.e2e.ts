import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

import { handlerAnswering, library } from '../../testing/layouts/servers.js';
import { goMod, type Layout } from '../../testing/layouts/layout.js';
import { writeFiles } from '../../testing/workspace/files.js';
import { NX_24 } from '../../testing/workspace/nx-versions.js';
import { Workspace } from '../../testing/workspace/workspace.js';
import { freePorts, kill, Serving, until } from '../../testing/serving/serving.js';

jest.setTimeout(300_000);

// Process groups, and /proc to find what is left of them.
const onLinux = process.platform === 'linux' ? describe : describe.skip;
const MODULE = 'example.org/shop';
const MONEY = 'internal/money/money.go';
const HANDLERS: Layout = {
  name: 'lambdas',
  mains: ['handlers/export', 'handlers/import'],
  tests: [],
  files: {
    'go.mod': goMod(MODULE, '1.24'),
    [MONEY]: library('money', 'money-1'),
    'handlers/export/main.go': handlerAnswering([], '"export"'),
    'handlers/import/main.go': handlerAnswering([`${MODULE}/internal/money`], 'money.Name()'),
  },
};

onLinux('nx run-many -t serve of Lambda handlers', () => {
  let workspace: Workspace;
  let nx: Serving;
  let port = 0;
  beforeAll(async () => {
    workspace = await Workspace.create(HANDLERS, NX_24);
    [port] = (await freePorts(1)) as [number];
    const targets = { serve: { options: { lambda: { port, timeout: 60 } } } };
    for (const main of HANDLERS.mains)
      writeFiles(workspace.root, { [`${main}/project.json`]: JSON.stringify({ targets }) });
    nx = new Serving(workspace, ['run-many', '-t', 'serve'], workspace.root);
  });
  afterAll(async () => {
    await nx?.end('SIGKILL');
    for (const pid of nx?.processes().keys() ?? []) kill(pid);
    workspace?.dispose();
  });

  const invoke = async (name = 'import'): Promise<{ text: string; pid: number; event: object } | undefined> => {
    const url = `http://127.0.0.1:${port}/2015-03-31/functions/${name}/invocations`;
    try {
      const response = await fetch(url, { method: 'POST', body: '{"order":7}' });
      if (response.status !== 200) return undefined;
      return (await response.json()) as { text: string; pid: number; event: object };
    } catch {
      return undefined;
    }
  };

  it('invokes it, the new program after a save, the one from before while the build is broken', async () => {
    const first = await until('an answer', () => invoke(), 240_000);
    expect(first).toMatchObject({ text: 'money-1', event: { order: 7 } });
    expect(await invoke()).toEqual(first);
    writeFiles(workspace.root, { [MONEY]: library('money', 'money-2') });
    const isNew = async () => {
      const answered = await invoke();
      return answered?.text === 'money-2' && answered;
    };
    const second = await until('the new program', isNew);
    expect(second.pid).not.toBe(first.pid);
    const text = nx.since();
    writeFiles(workspace.root, { [MONEY]: library('money', 'money-3').replace('return', 'retrun') });
    await until('the failure', () => text().includes('the program from before serves on'));
    expect(text()).toMatch(/internal\/money\/money\.go:3:\d+: syntax error/);
    expect(await invoke()).toEqual(second);
  });

  it('takes invocations of both on one port, also when the process that listens is killed', async () => {
    await until('the other function', async () => (await invoke('export'))?.text === 'export');
    const leader = await until('a leader', () => nx.leader());
    kill(leader);
    await until('another leader', () => ![undefined, leader].includes(nx.leader()));
    const others = await until('the one that is left', async () => (await invoke('export')) ?? (await invoke()));
    expect(others.event).toEqual({ order: 7 });
  });

  it('leaves no process behind at Ctrl-C', async () => {
    await nx.end('SIGINT');
    await until('no process left', () => nx.processes().size === 0, 20_000).catch(() => undefined);
    expect([...nx.processes().values()]).toEqual([]);
  });
});
