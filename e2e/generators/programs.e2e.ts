import type { Readable } from 'node:stream';

import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { execa } from 'execa';

import { LAMBDA_EVENTS } from '../../src/generators/handler/events.js';
import { handlerGenerator } from '../../src/generators/handler/generator.js';
import { flushChanges, FsTree } from '../../src/nx/generator-tree.js';
import { EMPTY } from '../../testing/layouts/empty.js';
import { mustRun, run } from '../../testing/workspace/command.js';
import { environment } from '../../testing/workspace/environment.js';
import { internetModules } from '../../testing/workspace/internet-modules.js';
import { taskEnds, tasksThat } from '../../testing/workspace/nx-output.js';
import { NX_24 } from '../../testing/workspace/nx-versions.js';
import { Workspace } from '../../testing/workspace/workspace.js';

jest.setTimeout(300_000);

const PROJECTS = ['cmd/report', 'functions/import', 'libs/money', 'services/orders', 'workers/cleanup'];

let workspace: Workspace;

const generate = (...args: string[]) => workspace.nx(['generate', ...args, '--no-interactive']);

beforeAll(async () => {
  workspace = await Workspace.create(EMPTY, NX_24);
});
afterAll(() => workspace?.dispose());

it('shows in a dry run what it would write, and writes nothing', async () => {
  const args = ['services/orders', '--kind=lambda', '--module=example.com/shop', '--dry-run'];
  const { output, exitCode } = await generate('nx-gopher:handler', ...args);
  expect(exitCode).toBe(0);
  for (const file of ['go.mod', 'go.sum', 'services/orders/main.go', 'services/orders/testdata/event.json']) {
    expect(output).toContain(`CREATE ${file}`);
  }
  expect((await workspace.git('status', '--porcelain')).stdout).toBe('');
});

it('makes a module, programs of each kind and a library, by their names and an alias', async () => {
  const commands = [
    ['nx-gopher:module', '.', '--module-path=example.com/shop'],
    ['nx-gopher:handler', 'services/orders', '--kind=http'],
    ['nx-gopher:handler', 'functions/import', '--kind=lambda', '--event=sqs'],
    ['nx-gopher:handler', 'cmd/report', '--kind=cli'],
    ['nx-gopher:handler', 'workers/cleanup', '--kind=worker'],
    ['nx-gopher:lib', 'libs/money'],
  ];
  for (const command of commands) {
    const { output, exitCode } = await generate(...command);
    expect(`${output}\n${exitCode}`).toMatch(/CREATE [\s\S]*\n0$/);
  }
});

it('refuses a directory with code, with the reason; the former name of a generator works, with a notice', async () => {
  const { output, exitCode } = await generate('nx-gopher:package', 'services/orders');
  expect(exitCode).not.toBe(0);
  expect(output).toContain('It is called library now: nx generate nx-gopher:library.');
  expect(output).toContain('"services/orders" holds Go code already (handler.go)');
});

it('leaves what builds, tests and vets', async () => {
  const { output, exitCode } = await workspace.nx(['run-many', '-t', 'build', 'test', 'vet'], internetModules());
  const tasks = PROJECTS.flatMap((project) => ['build', 'test', 'vet'].map((target) => `${project}:${target}`));
  expect(tasksThat('ran', taskEnds(output))).toEqual(tasks.filter((task) => task !== 'libs/money:build'));
  expect(exitCode).toBe(0);
});

it('makes servers that answer, and end well when they are told to', async () => {
  const server = execa(workspace.path('dist/services/orders/orders'), { env: { PORT: '0' }, reject: false });
  const address = await firstMatch(server.stdout, /"msg":"listening","address":"[^"]*:(\d+)"/);
  const response = await fetch(`http://127.0.0.1:${address}/healthz`);
  expect(await response.json()).toEqual({ status: 'ok' });
  server.kill('SIGTERM');
  const { exitCode, stdout } = await server;
  expect(exitCode).toBe(0);
  expect(stdout).toContain('shutting down');
});

it('makes Lambda functions that are invoked without a word of configuration', async () => {
  const { output, exitCode } = await workspace.nx(['invoke', 'functions/import'], internetModules());
  expect(output).toContain('event: functions/import/testdata/event.json');
  expect(output).toMatch(/"text":"hello"[^]*\nREPORT RequestId: /);
  expect(exitCode).toBe(0);
});

it('makes workers that work at their interval, and end well when they are told to', async () => {
  const worker = execa(workspace.path('dist/workers/cleanup/cleanup'), { env: { INTERVAL: '5ms' }, reject: false });
  await firstMatch(worker.stdout, /("work done"[\s\S]*"work done")/);
  worker.kill('SIGTERM');
  expect((await worker).exitCode).toBe(0);
  const failed = await run(workspace.path('dist/workers/cleanup/cleanup'), [], workspace.root, {
    ...environment(),
    INTERVAL: 'soon',
  });
  expect(failed).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('INTERVAL: time: invalid duration') });
});

it('makes tools that say how they are used', async () => {
  const tool = workspace.path('dist/cmd/report/report');
  expect((await mustRun(tool, ['-greeting', 'Hi', 'Ada'], workspace.root, environment())).stdout).toBe('Hi, Ada!');
  expect(await run(tool, [], workspace.root, environment())).toMatchObject({ exitCode: 2, stdout: '' });
});

// One process for all: what Nx adds to a generator is shown above.
it.each(['1.26', '1.25.0'])('makes Lambda functions of every event in a module for Go %s', async (goVersion) => {
  const root = workspace.path('events', goVersion);
  await mustRun('mkdir', ['-p', root], workspace.root, environment());
  for (const event of LAMBDA_EVENTS) {
    const tree = new FsTree(root, false);
    if (!tree.exists('go.mod')) tree.write('go.mod', `module example.com/events\n\ngo ${goVersion}\n`);
    await handlerGenerator(tree, { path: event, kind: 'lambda', event });
    flushChanges(root, tree.listChanges());
  }
  const env = environment({ ...internetModules(), GOWORK: 'off' });
  expect((await mustRun('go', ['mod', 'tidy', '-diff'], root, env)).stdout).toBe('');
  await mustRun('go', ['vet', './...'], root, env);
  const { stdout } = await mustRun('go', ['test', './...'], root, env);
  expect(stdout.match(/^ok\s/gm)).toHaveLength(LAMBDA_EVENTS.length);
});

/**
 * What the pattern's group holds as soon as the stream has it; the stream flows on, or the program would end on a
 * write.
 */
function firstMatch(stream: Readable, pattern: RegExp): Promise<string> {
  let text = '';
  return new Promise((resolve, reject) => {
    stream.on('data', (chunk) => {
      text += String(chunk);
      const match = pattern.exec(text);
      if (match) resolve(match[1] ?? '');
    });
    stream.on('end', () => reject(new Error(`${pattern} is not in ${text}`)));
  });
}
