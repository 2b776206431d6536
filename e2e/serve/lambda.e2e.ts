import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

import { LAMBDA_HANDLERS, MONEY } from '../../testing/layouts/lambda-handlers.js';
import { library } from '../../testing/layouts/servers.js';
import { mustRun } from '../../testing/workspace/command.js';
import { environment } from '../../testing/workspace/environment.js';
import { writeFiles } from '../../testing/workspace/files.js';
import { NX_24 } from '../../testing/workspace/nx-versions.js';
import { Workspace } from '../../testing/workspace/workspace.js';
import { freePorts, kill, Serving, until } from '../../testing/serving/serving.js';

jest.setTimeout(300_000);

// Process groups, and /proc to find what is left of them.
const onLinux = process.platform === 'linux' ? describe : describe.skip;

onLinux('Lambda handlers', () => {
  let workspace: Workspace;
  let nx: Serving | undefined;
  let port = 0;
  beforeAll(async () => {
    workspace = await Workspace.create(LAMBDA_HANDLERS, NX_24);
    const proxies = `${environment()['GOPROXY']},${process.env['GOPROXY'] ?? 'https://proxy.golang.org,direct'}`;
    await mustRun('go', ['mod', 'download'], workspace.root, environment({ GOPROXY: proxies }));
    [port] = (await freePorts(1)) as [number];
    const targets = { serve: { options: { lambda: { port, timeout: 60 } } } };
    writeFiles(workspace.root, { 'handlers/import/project.json': JSON.stringify({ targets }) });
  });
  afterAll(async () => {
    await nx?.end('SIGKILL');
    for (const pid of nx?.processes().keys() ?? []) kill(pid);
    workspace?.dispose();
  });

  const invoke = async (): Promise<{ text: string; pid: number; event: object } | undefined> => {
    const url = `http://127.0.0.1:${port}/2015-03-31/functions/import/invocations`;
    try {
      const response = await fetch(url, { method: 'POST', body: '{"order":7}' });
      if (response.status !== 200) return undefined;
      return (await response.json()) as { text: string; pid: number; event: object };
    } catch {
      return undefined;
    }
  };

  it('are known by their imports, and invoked once where nothing serves them', async () => {
    const { stdout } = await workspace.nx(['show', 'projects', '--with-target=invoke', '--json']);
    expect(JSON.parse(stdout)).toEqual(['handlers/export', 'handlers/import']);
    const { output, exitCode } = await workspace.nx(['invoke', 'handlers/import']);
    expect(output).toContain('event: handlers/import/testdata/event.json');
    expect(output).toContain('nothing serves handlers/import: it is started for this invocation');
    expect(output).toMatch(/taken by import\nEND RequestId: \S+\nREPORT RequestId: .*Max Memory Used: \d+ MB/);
    expect(output).toMatch(/\n {2}"text": "money-1",\n.*\n {2}"event": \{\n {4}"order": 7/);
    expect(exitCode).toBe(0);
    const failed = await workspace.nx(['invoke', 'handlers/import', '--event={"Fail":"no such order"}']);
    expect(failed.output).toContain('"errorMessage": "no such order"');
    expect(failed.exitCode).toBe(1);
    const unknown = await workspace.nx(['invoke', 'handlers/import', '--event=sqq']);
    expect(unknown.output).toContain('Did you mean "sqs"?');
    expect(unknown.exitCode).toBe(1);
  });

  it('serve the new program after a save, and the one from before while the build is broken', async () => {
    const targets = { serve: { options: { lambda: { port, timeout: 60 } } } };
    writeFiles(workspace.root, { 'handlers/export/project.json': JSON.stringify({ targets }) });
    const serving = new Serving(workspace, ['run-many', '-t', 'serve'], workspace.root);
    nx = serving;
    const first = await until('an answer', invoke, 240_000);
    expect(first).toMatchObject({ text: 'money-1', event: { order: 7 } });
    expect(await invoke()).toEqual(first);
    writeFiles(workspace.root, { [MONEY]: library('money', 'money-2') });
    const isNew = async () => {
      const answered = await invoke();
      return answered?.text === 'money-2' && answered;
    };
    const second = await until('the new program', isNew);
    expect(second.pid).not.toBe(first.pid);
    const text = serving.since();
    writeFiles(workspace.root, { [MONEY]: library('money', 'money-3').replace('return', 'retrun') });
    await until('the failure', () => text().includes('the program from before serves on'));
    expect(text()).toMatch(/internal\/money\/money\.go:3:\d+: syntax error/);
    expect(await invoke()).toEqual(second);
    const { output, exitCode } = await workspace.nx(['invoke', 'handlers/import', '--event=sqs']);
    expect(output).toContain(`"pid": ${second.pid},`);
    expect(output).toContain('"body": "{\\"text\\":\\"hello\\"}"');
    expect(output).toMatch(/taken by import\nEND RequestId/);
    expect(exitCode).toBe(0);
  });

  it('share a port, by which a streamed answer comes part by part', async () => {
    const wait = 'handlers/export/written';
    const url = `http://127.0.0.1:${port}/lambda-url/export/?wait=written`;
    // It may have yet to join those that are served.
    const response = await until('the other function', async () => {
      const answered = await fetch(url);
      return answered.status !== 404 && answered;
    });
    expect([response.status, response.headers.get('content-type')]).toEqual([201, 'text/csv']);
    const parts = (response.body as ReadableStream<Uint8Array>).getReader();
    expect(Buffer.from((await parts.read()).value ?? []).toString()).toBe('first');
    writeFiles(workspace.root, { [wait]: '' });
    expect(Buffer.from((await parts.read()).value ?? []).toString()).toBe('last');
    expect((await parts.read()).done).toBe(true);
  });

  it('share it also when the process that listens is killed', async () => {
    const serving = nx as Serving;
    const leader = await until('a leader', () => serving.leader());
    kill(leader);
    await until('another leader', () => ![undefined, leader].includes(serving.leader()));
    const served = async () => (await fetch(`http://127.0.0.1:${port}/lambda-url/export/?wait=written`)).status === 201;
    const isThere = await until(
      'the one that is left',
      async () => (await invoke()) ?? (await served().catch(() => false)),
    );
    expect(isThere).toBeTruthy();
  });

  it('leave no process behind at Ctrl-C', async () => {
    const serving = nx as Serving;
    await serving.end('SIGINT');
    await until('no process left', () => serving.processes().size === 0, 20_000).catch(() => undefined);
    expect([...serving.processes().values()]).toEqual([]);
  });
});
