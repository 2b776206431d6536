import { readFileSync } from 'node:fs';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { logger } from '@nx/devkit';

import { GeneratedWorkspace } from '../../../testing/generators/generated-workspace.js';
import { LAMBDA_EVENTS } from './events.js';
import { handlerGenerator } from './generator.js';
import { LAMBDA_RELEASES, withSums } from './lambda-module.js';

jest.setTimeout(120_000);

const SERVED = ['http', 'cli', 'worker'] as const;

describe('programs without dependencies', () => {
  let workspace: GeneratedWorkspace;
  const written: string[] = [];

  beforeAll(async () => {
    workspace = new GeneratedWorkspace({ 'go.mod': 'module example.com/shop\n\ngo 1.22\n' });
    for (const kind of SERVED) {
      written.push(...(await workspace.generate((tree) => handlerGenerator(tree, { path: `cmd/${kind}`, kind }))));
    }
  });
  afterAll(() => workspace.remove());

  it('have a main, a handler and its test', () => {
    expect(written).toEqual(
      SERVED.flatMap((kind) => ['handler.go', 'handler_test.go', 'main.go'].map((file) => `cmd/${kind}/${file}`)),
    );
  });

  it('build, test and vet, and are formatted as gofmt has it', async () => {
    expect(await workspace.unformatted()).toBe('');
    await workspace.mustGo(['build', '-o', `${workspace.path('bin')}/`, './...']);
    await workspace.mustGo(['vet', './...']);
    expect((await workspace.mustGo(['test', './...'])).match(/^ok\s/gm)).toHaveLength(SERVED.length);
  });

  it('are not made a second time, nor over the code of others', async () => {
    const again = workspace.generate((tree) => handlerGenerator(tree, { path: 'cmd/http', kind: 'cli' }));
    await expect(again).rejects.toThrow('"cmd/http" holds Go code already (handler.go). Choose another path.');
  });
});

describe('Lambda functions', () => {
  let workspace: GeneratedWorkspace;

  beforeAll(async () => {
    workspace = new GeneratedWorkspace({
      'go.mod': 'module example.com/shop\n\ngo 1.26\n\nrequire example.com/x v1.0.0\n',
    });
    for (const event of LAMBDA_EVENTS) {
      await workspace.generate((tree) => handlerGenerator(tree, { path: `fn/${event}`, kind: 'lambda', event }));
    }
  });
  afterAll(() => workspace.remove());

  it.each(LAMBDA_EVENTS)('for %s are made with a sample event', (event) => {
    expect(JSON.parse(workspace.text(`fn/${event}/testdata/event.json`) ?? '')).toEqual(expect.any(Object));
    expect(workspace.text(`fn/${event}/main.go`)).toContain(`// Command ${event} is an AWS Lambda function for `);
  });

  it('are formatted as gofmt has it', async () => {
    expect(await workspace.unformatted()).toBe('');
  });

  it('require the newest release that the go line allows, once', () => {
    expect(workspace.text('go.mod')).toBe(
      'module example.com/shop\n\ngo 1.26\n\nrequire (\n\texample.com/x v1.0.0\n' +
        `\tgithub.com/aws/aws-lambda-go ${LAMBDA_RELEASES[0].version}\n)\n`,
    );
    const sums = workspace.text('go.sum')?.split('\n') ?? [];
    expect(sums).toContain(`github.com/aws/aws-lambda-go ${LAMBDA_RELEASES[0].version} ${LAMBDA_RELEASES[0].sums[0]}`);
    expect(new Set(sums).size).toBe(sums.length);
  });

  it('require an older release in a module for an older Go, and leave a version that is there', async () => {
    const older = new GeneratedWorkspace({ 'go.mod': 'module example.com/shop\n\ngo 1.25.0\n' });
    await older.generate((tree) => handlerGenerator(tree, { path: 'a', kind: 'lambda' }));
    expect(older.text('go.mod')).toContain(`aws-lambda-go ${LAMBDA_RELEASES[1].version}\n`);
    const text = 'module example.com/shop\n\ngo 1.26\n\nrequire github.com/aws/aws-lambda-go v1.46.0\n';
    older.write({ 'go.mod': text });
    const written = await older.generate((tree) => handlerGenerator(tree, { path: 'b', kind: 'lambda' }));
    expect(older.text('go.mod')).toBe(text);
    expect(written.every((path) => path.startsWith('b/'))).toBe(true);
    older.remove();
  });

  it('say what to do about a vendor directory', async () => {
    const vendored = new GeneratedWorkspace({
      'go.mod': 'module example.com/shop\n\ngo 1.25.0\n',
      'vendor/modules.txt': '',
    });
    const warn = jest.spyOn(logger, 'warn').mockImplementation(() => undefined);
    await vendored.generate((tree) => handlerGenerator(tree, { path: 'a', kind: 'lambda' }));
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('go mod vendor'));
    warn.mockRestore();
    vendored.remove();
  });
});

describe('a Lambda function in a directory of its own go.mod', () => {
  const lambda = { kind: 'lambda', event: 'sqs' } as const;
  let workspace: GeneratedWorkspace;

  beforeEach(() => {
    workspace = new GeneratedWorkspace({ 'fn/go.mod': 'module example.com/fn\n\ngo 1.25.0\n' });
  });
  afterEach(() => workspace.remove());

  const json = (path: string): unknown => JSON.parse(workspace.text(path) ?? 'null');
  const zip = { options: { format: 'zip' } };
  const serve = { options: { lambda: true } };

  it('is packaged as a zip and served as a function, which nothing infers there', async () => {
    await workspace.generate((tree) => handlerGenerator(tree, { path: 'fn', ...lambda }));
    const $schema = '../node_modules/nx/schemas/project-schema.json';
    expect(json('fn/project.json')).toEqual({ $schema, targets: { package: zip, serve } });
    await workspace.generate((tree) => handlerGenerator(tree, { path: 'fn/below', ...lambda }));
    expect(json('fn/below/project.json')).toBeNull();
  });

  it('is so in a module that is made with it, and other kinds are not', async () => {
    workspace.write({ 'go.work': 'go 1.25.0\n\nuse ./fn\n' });
    await workspace.generate((tree) => handlerGenerator(tree, { path: 'new', module: 'example.com/new', ...lambda }));
    expect(json('new/project.json')).toMatchObject({ targets: { package: zip, serve } });
    await workspace.generate((tree) => handlerGenerator(tree, { path: 'fn', kind: 'cli' }));
    expect(json('fn/project.json')).toBeNull();
  });

  it('keeps what its project.json says', async () => {
    const targets = { test: { cache: false }, package: { options: { architecture: 'amd64' } } };
    workspace.write({ 'fn/project.json': JSON.stringify({ name: 'queue', targets }) });
    await workspace.generate((tree) => handlerGenerator(tree, { path: 'fn', ...lambda }));
    const merged = { ...targets, package: { options: { architecture: 'amd64', format: 'zip' } }, serve };
    expect(json('fn/project.json')).toEqual({ name: 'queue', targets: merged });
  });

  it('keeps options that are written down', async () => {
    const text = '{"targets":{"package":{"options":{"format":"image"}},"serve":{"options":{"lambda":{"port":9002}}}}}';
    workspace.write({ 'fn/project.json': text });
    await workspace.generate((tree) => handlerGenerator(tree, { path: 'fn', ...lambda }));
    expect(workspace.text('fn/project.json')).toBe(text);
  });

  it.each([
    [{ package: { targetName: 'bundle' } }, { bundle: zip, serve }],
    [{ package: false }, { serve }],
    [{ package: false, serve: false }, undefined],
  ])('goes by the targets of nx.json: %j', async (options, targets) => {
    const plugins = [{ plugin: 'nx-gopher', options }];
    workspace.write({ 'nx.json': JSON.stringify({ plugins }) });
    await workspace.generate((tree) => handlerGenerator(tree, { path: 'fn', ...lambda }));
    expect((json('fn/project.json') as { targets?: unknown } | null)?.targets).toEqual(targets);
  });
});

it('leaves a sample event that is there as it is', async () => {
  const workspace = new GeneratedWorkspace({
    'go.mod': 'module a\n\ngo 1.25.0\n',
    'fn/testdata/event.json': '{"my":1}',
  });
  const generated = workspace.generate((tree) => handlerGenerator(tree, { path: 'fn', kind: 'lambda', event: 'sqs' }));
  await expect(generated).rejects.toThrow('"fn/testdata/event.json" exists already.');
  expect(workspace.text('fn/testdata/event.json')).toBe('{"my":1}');
  expect(workspace.text('fn/main.go')).toBeUndefined();
  await workspace.generate((tree) => handlerGenerator(tree, { path: 'fn', kind: 'cli' }));
  workspace.remove();
});

describe('the schema', () => {
  it('offers the events that there are', () => {
    const url = new URL('./schema.json', import.meta.url);
    const schema = JSON.parse(readFileSync(url, 'utf8')) as { properties: { event: { enum: string[] } } };
    expect(schema.properties.event.enum).toEqual(LAMBDA_EVENTS);
  });
});

it.each([
  [{ path: 'a', kind: 'http', event: 'sqs' }, '--event is for --kind=lambda only'],
  [{ path: 'a', kind: 'lambda', event: 'mqtt' }, '"mqtt" is no event of a Lambda function. Choose one of apigw-http'],
  [{ path: 'old/a', kind: 'cli' }, 'The module in "old" is for Go 1.21, and a handler needs 1.22. Raise it first'],
  [{ path: 'none/a', kind: 'cli' }, '"none/a" belongs to no Go module. Pass --module=<module path>'],
] as const)('refuses %j: %s', async (options, error) => {
  const workspace = new GeneratedWorkspace({ 'old/go.mod': 'module old\n\ngo 1.21\n' });
  workspace.write({ 'a/go.mod': 'module a\n\ngo 1.24\n' });
  const generated = workspace.generate((tree) => handlerGenerator(tree, options as never));
  await expect(generated).rejects.toThrow(error);
  workspace.remove();
});

describe('withSums', () => {
  it('puts lines where they belong and keeps the others', () => {
    expect(withSums('', ['b 1', 'a 1'])).toBe('a 1\nb 1\n');
    expect(withSums('a v1.9.0\na v1.10.0\nc 1\n', ['b 1', 'c 1', 'd 1'])).toBe('a v1.9.0\na v1.10.0\nb 1\nc 1\nd 1\n');
  });
});
