import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { Agent } from 'node:http';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

import { library, SERVERS, serverPrinting } from '../../testing/layouts/servers.js';
import { writeFiles } from '../../testing/workspace/files.js';
import { NX_24 } from '../../testing/workspace/nx-versions.js';
import { temporaryFolder } from '../../testing/workspace/temporary-folder.js';
import { Workspace } from '../../testing/workspace/workspace.js';
import { answer, freePorts, kill, Load, Serving, status, until } from '../../testing/serving/serving.js';

jest.setTimeout(300_000);

// Process groups, and /proc to find what is left of them.
const onLinux = process.platform === 'linux' ? describe : describe.skip;
const NAMES = ['invoice', 'orders', 'status'] as const;
type Name = (typeof NAMES)[number];

onLinux('nx run-many -t serve', () => {
  let workspace: Workspace;
  let nx: Serving;
  const ports = new Map<Name, number>();
  beforeAll(async () => {
    workspace = await Workspace.create(SERVERS, NX_24);
    const free = await freePorts(NAMES.length);
    for (const [index, name] of NAMES.entries()) {
      ports.set(name, free[index] as number);
      write({ [`handlers/${name}/.env`]: `PORT=${free[index]}\n` });
    }
    write({ 'handlers/status/project.json': JSON.stringify({ targets: { serve: { options: { grace: 1 } } } }) });
    nx = new Serving(workspace, ['run-many', '-t', 'serve', '--verbose', '--verifyFastPath'], workspace.root);
    for (const name of NAMES) await until(`${name} answers`, () => ask(name), 240_000);
  });
  afterAll(async () => {
    await nx?.end('SIGKILL');
    for (const pid of nx?.processes().keys() ?? []) kill(pid);
    workspace?.dispose();
  });

  const write = (files: Readonly<Record<string, string>>): void => writeFiles(workspace.root, files);
  const edit = (path: string, from: string, to: string): void => {
    expect(workspace.text(path)).toContain(from);
    write({ [path]: workspace.text(path).replaceAll(from, to) });
  };
  const ask = (name: Name) => answer(ports.get(name) as number);
  const pids = async () => Promise.all(NAMES.map(async (name) => (await ask(name))?.pid));
  const answers = (name: Name, text: string) =>
    until(`${name} says ${text}`, async () => (await ask(name))?.text === text);
  const printed = (text: () => string, line: string | RegExp) =>
    until(`printed ${line}`, () => (typeof line === 'string' ? text().includes(line) : line.test(text())));

  it('restarts exactly the programs that a saved file is compiled into, built without go, and says why', async () => {
    const before = await pids();
    await until('recorded', () => nx.output.split('it is recorded how go builds it').length > NAMES.length);
    const text = nx.since();
    edit('internal/money/money.go', 'money-1', 'money-2');
    await Promise.all([answers('invoice', 'invoice order of money-2'), answers('orders', 'orders money-2')]);
    expect(text()).toContain('internal/money/money.go: handlers/invoice → internal/order → internal/money');
    expect(text()).toContain('internal/money/money.go: handlers/orders → internal/money');
    const after = await pids();
    expect(after.map((pid, index) => pid === before[index])).toEqual([false, false, true]);
    expect(text().match(/built without go in \d+ ms/g)?.length).toBe(2);
    await until('both checked', () => text().match(/go makes the same bytes/g)?.length === 2);
  });

  it('restarts nothing for an edit that moves no bytes, and says why it ignores others', async () => {
    const before = await pids();
    const text = nx.since();
    write({ 'internal/money/money.go': `${workspace.text('internal/money/money.go')}// Said.\n` });
    await until('both unmoved', () => text().match(/not restarted: the program is the same/g)?.length === 2);
    write({ 'internal/money/money_test.go': 'package money\n\n// Edited.\n' });
    write({ 'internal/money/money_windows.go': 'package money\n\nconst System = "Windows"\n' });
    await printed(text, 'ignored internal/money/money_test.go: a test, which is in no program');
    await printed(text, 'ignored internal/money/money_windows.go: build constraints exclude it here');
    expect(await pids()).toEqual(before);
  });

  it('leaves programs running when a build fails, shows the error once, and goes on with the next good save', async () => {
    const before = await pids();
    const text = nx.since();
    edit('internal/order/order.go', 'return', 'retrun');
    await printed(text, 'the program from before runs on');
    expect(text().match(/internal\/order\/order\.go:5:\d+: syntax error/g)?.length).toBe(1);
    expect(await pids()).toEqual(before);
    edit('internal/order/order.go', 'retrun "order of "', 'return "mended "');
    await answers('invoice', 'invoice mended money-2');
  });

  it('follows a new import of a new package, at once', async () => {
    const text = nx.since();
    edit('handlers/status/main.go', '"os"', '"os"\n\t"example.org/shop/internal/audit"');
    edit('handlers/status/main.go', '"status"', '"status " + audit.Name()');
    await printed(text, 'Go cannot list all packages of handlers/status now');
    write({ 'internal/audit/audit.go': library('audit', 'audit-1') });
    await answers('status', 'status audit-1');
    edit('internal/audit/audit.go', 'audit-1', 'audit-2');
    await answers('status', 'status audit-2');
    write({ 'internal/audit/more.go': 'package audit\n\nfunc init() { name = "audit-3" }\n' });
    edit(
      'internal/audit/audit.go',
      'func Name() string { return "audit-2" }',
      'var name = ""\n\nfunc Name() string { return name }',
    );
    await answers('status', 'status audit-3');
    rmSync(workspace.path('internal/audit/more.go'));
    await answers('status', 'status');
  });

  it('follows a renamed directory', async () => {
    renameSync(workspace.path('internal/order'), workspace.path('internal/purchase'));
    edit('handlers/invoice/main.go', 'internal/order"', 'internal/purchase"');
    edit('internal/purchase/order.go', 'mended', 'bought');
    await answers('invoice', 'invoice bought money-2');
  });

  it('follows embedded files, go.mod, and a module outside of the workspace', async () => {
    const outside = mkdtempSync(join(temporaryFolder('serve'), 'outside-'));
    writeFiles(outside, { 'go.mod': 'module example.org/ext\n\ngo 1.24\n', 'ext.go': library('ext', 'ext-1') });
    const text = nx.since();
    const plain = workspace.text('go.mod');
    const replace = `require example.org/ext v0.0.0\n\nreplace example.org/ext => ${outside}\n`;
    write({ 'go.mod': `${plain}\n${replace}` });
    await printed(text, 'go.mod: handlers/status (its modules)');
    write({
      'handlers/status/page.txt': 'page-1',
      'handlers/status/page.go': 'package main\n\nimport _ "embed"\n\n//go:embed page.txt\nvar page string\n',
      'handlers/status/main.go': serverPrinting(['example.org/ext'], 'page + " " + ext.Name()'),
    });
    await answers('status', 'page-1 ext-1');
    writeFiles(outside, { 'ext.go': library('ext', 'ext-2') });
    await answers('status', 'page-1 ext-2');
    write({ 'handlers/status/page.txt': 'page-2' });
    await answers('status', 'page-2 ext-2');
    write({ 'handlers/status/main.go': serverPrinting([], '"status"'), 'go.mod': plain });
    rmSync(workspace.path('handlers/status/page.go'));
    await answers('status', 'status');
    rmSync(outside, { recursive: true });
  });

  it('makes one build of a switch between branches that changes 500 files', async () => {
    const files = (word: string) =>
      Object.fromEntries(
        Array.from({ length: 500 }, (_, n) => [`internal/money/f${n}.go`, `package money\n\nvar V${n} = "${word}"\n`]),
      );
    await workspace.commit();
    await workspace.git('switch', '--quiet', '--create', 'other');
    const before = nx.since();
    write({
      ...files('a'),
      'handlers/orders/main.go': serverPrinting(['example.org/shop/internal/money'], '"other " + money.V499'),
    });
    await answers('orders', 'other a');
    // What is told of this file comes after all that is told of those before it.
    const last = 'handlers/orders/last.go: handlers/orders';
    write({ 'handlers/orders/last.go': 'package main\n' });
    await printed(before, last);
    await workspace.commit();
    const text = () => before().slice(before().indexOf(last));
    await workspace.git('switch', '--quiet', 'main');
    await answers('orders', 'orders money-2');
    await printed(text, /more files[\s\S]*restarted[\s\S]*restarted/);
    expect(text().match(/… and \d+ more files/g)?.length).toBeGreaterThan(0);
    const ofOrders = text().match(/: handlers\/orders → internal\/money$/gm) ?? [];
    expect(ofOrders.length).toBeLessThanOrEqual(5);
  });

  it('restarts one program for its .env file, and reads the new values', async () => {
    // Builds follow each other: whoever shows this save restarts no more for what was saved before.
    edit('internal/money/money.go', 'money-2', 'money-3');
    await Promise.all([answers('orders', 'orders money-3'), answers('invoice', 'invoice bought money-3')]);
    const before = await pids();
    write({ 'handlers/orders/.env': `${workspace.text('handlers/orders/.env')}GREETING=hello\n` });
    await answers('orders', 'orders money-3 hello');
    expect((await pids()).map((pid, index) => pid === before[index])).toEqual([true, false, true]);
    write({ 'handlers/orders/.env': `PORT=${ports.get('orders')}\n` });
    await answers('orders', 'orders money-3');
  });

  it('kills a program that keeps its port after SIGTERM, and starts the next one on it', async () => {
    const stubborn = serverPrinting(['os/signal', 'syscall'], '"stubborn"').replace(
      'func main() {',
      'func main() {\n\tsignal.Ignore(syscall.SIGTERM)',
    );
    write({ 'handlers/status/main.go': stubborn });
    await answers('status', 'stubborn');
    write({ 'handlers/status/main.go': stubborn.replace('"stubborn"', '"follows"') });
    await answers('status', 'follows');
  });

  it('starts a program that has ended by itself at the next change', async () => {
    const text = nx.since();
    const server = serverPrinting([], '"status"');
    write({ 'handlers/status/main.go': server.replace('func main() {', 'func main() {\n\tos.Exit(7)') });
    await printed(text, 'the program ended (exit code 7); the next change starts it again');
    write({ 'handlers/status/main.go': server });
    await answers('status', 'status');
  });

  it('goes on under another leader when the first is killed, and ends the program of the killed one', async () => {
    const leader = await until('a leader', () => nx.leader());
    const led = [...nx.processes()].filter(([, command]) => command.includes('.serve/')).length;
    process.kill(leader, 'SIGKILL');
    await until('another leader', () => nx.leader() !== undefined && nx.leader() !== leader);
    await until('its program gone', () => programs().length < led && programs().length);
    const alive = (await Promise.all(NAMES.map(async (name) => ((await ask(name)) ? name : undefined)))).filter(
      Boolean,
    );
    expect(alive.length).toBe(NAMES.length - 1);
    edit('internal/money/money.go', 'money-3', 'money-4');
    for (const name of alive as Name[]) {
      if (name === 'orders') await answers('orders', 'orders money-4');
      if (name === 'invoice') await answers('invoice', 'invoice bought money-4');
    }
  });

  it('answers each request while it restarts a program behind a proxy: 503 only while the build is broken', async () => {
    const [port] = (await freePorts(1)) as [number];
    const targets = { serve: { options: { proxy: { port } } } };
    await nx.end('SIGINT');
    rmSync(workspace.path('handlers/invoice/.env'));
    write({ 'handlers/invoice/project.json': JSON.stringify({ targets }) });
    nx = new Serving(workspace, ['serve', 'handlers/invoice'], workspace.root);
    const agent = new Agent({ keepAlive: true, maxSockets: 4 });
    await until(
      'the proxy answers',
      () =>
        status(port, agent).then(
          (got) => got === 200,
          () => false,
        ),
      120_000,
    );
    const load = new Load(port, agent);
    const says = (text: string) => until(`the proxy says ${text}`, async () => (await answer(port))?.text === text);
    for (let number = 5; number < 8; number++) {
      edit('internal/money/money.go', `money-${number - 1}`, `money-${number}`);
      await says(`invoice bought money-${number}`);
    }
    load.isBroken = true;
    edit('internal/money/money.go', 'return', 'retrun');
    await until('503', async () => (await status(port, agent)) === 503);
    const page = await fetch(`http://127.0.0.1:${port}/`, { headers: { accept: 'text/html' } });
    expect(await page.text()).toContain('internal/money/money.go:3');
    edit('internal/money/money.go', 'retrun', 'return');
    await until('200', async () => (await status(port, agent)) === 200);
    load.isBroken = false;
    await new Promise((resolve) => setTimeout(resolve, 300));
    await load.end();
    agent.destroy();
    expect(load.wrong).toEqual([]);
    expect(load.count).toBeGreaterThan(50);
  });

  it('leaves no process behind when Nx is killed', async () => {
    expect(programs().length).toBeGreaterThan(0);
    nx.child.kill('SIGKILL');
    await until('no process left', () => nx.processes().size === 0, 20_000).catch(() => undefined);
    expect([...nx.processes().values()]).toEqual([]);
    expect(nx.leader()).toBeUndefined();
  });

  it('leaves no process behind at Ctrl-C', async () => {
    nx = new Serving(workspace, ['serve', 'handlers/status'], workspace.root);
    await answers('status', 'status');
    await nx.end('SIGINT');
    await until('no process left', () => nx.processes().size === 0, 20_000).catch(() => undefined);
    expect([...nx.processes().values()]).toEqual([]);
  });

  const programs = (): string[] => [...nx.processes().values()].filter((command) => command.startsWith(workspace.root));
});
