import { rmSync } from 'node:fs';

import { afterAll, afterEach, beforeAll, expect, it, jest } from '@jest/globals';

import { CacheServer } from '../../testing/cache-server/cache-server.js';
import { goMod, type Layout } from '../../testing/layouts/layout.js';
import { pathWithTools } from '../../testing/workspace/go-tools.js';
import { replaceText, writeFiles } from '../../testing/workspace/files.js';
import { taskEnds, tasksThat, type TaskEnd } from '../../testing/workspace/nx-output.js';
import { NX_24 } from '../../testing/workspace/nx-versions.js';
import { Workspace } from '../../testing/workspace/workspace.js';

jest.setTimeout(900_000);

/** A file in which errcheck finds something in each of `lines`. */
function dropping(...lines: readonly string[]): string {
  return `package files\n\nimport "os"\n\n// Drop removes files.\nfunc Drop() {\n${lines.map((line) => `\t${line}\n`).join('')}}\n`;
}

const LAYOUT: Layout = {
  name: 'linted',
  mains: [],
  tests: [],
  files: {
    '.golangci.yml': 'version: "2"\nformatters:\n  enable: [gofumpt]\n',
    'go.work': 'go 1.24\n\nuse (\n\t./shop\n\t./tools\n)\n',
    'shop/go.mod': goMod('example.org/shop', '1.24'),
    'shop/price/price.go': 'package price\n\n// Of is a price.\nfunc Of(name string) int { return len(name) }\n',
    'shop/order/order.go':
      'package order\n\nimport "example.org/shop/price"\n\n// Total is a sum.\nfunc Total() int { return price.Of("a") }\n',
    'shop/files/files.go': dropping(...['a', 'b', 'c', 'd'].map((name) => `os.Remove("${name}")`)),
    'tools/go.mod': goMod('example.org/tools', '1.24'),
    'tools/files/files.go': dropping('os.Remove("a")'),
  },
};
const ALL = ['shop/files', 'shop/order', 'shop/price', 'tools/files'];

let workspace: Workspace;
let PATH: string;

beforeAll(async () => {
  PATH = await pathWithTools('golangciLint', 'staticcheck');
  workspace = await Workspace.create(LAYOUT, NX_24);
});
afterAll(() => workspace?.dispose());
afterEach(() => workspace.reset());

interface Result {
  readonly output: string;
  readonly ran: readonly string[];
  readonly cached: readonly string[];
  readonly failed: readonly string[];
}

async function run(target: string, settings: Record<string, string> = {}, of = workspace): Promise<Result> {
  const { output } = await of.nx(['run-many', '-t', target], { PATH, ...settings });
  const ends = taskEnds(output);
  const projects = (end: TaskEnd): string[] => tasksThat(end, ends).map((id) => id.slice(0, id.lastIndexOf(':')));
  return { output, ran: projects('ran'), cached: projects('cached'), failed: projects('failed') };
}

it('lints packages of several modules in one process, each with all of its own findings', async () => {
  const { output, ran, failed } = await run('lint');
  expect(ran).toEqual(['shop/order', 'shop/price']);
  expect(failed).toEqual(['shop/files', 'tools/files']);
  // golangci-lint by itself shows three of a kind, and lints one module.
  expect(output.match(/^shop\/files\/files\.go:\d+:11: .*\(errcheck\)$/gm)).toHaveLength(4);
  expect(output).toContain('tools/files/files.go:7:11: Error return value of `os.Remove` is not checked (errcheck)');
});

it('lints again what an edit reaches, and what its configuration says', async () => {
  await run('lint');
  replaceText(workspace.root, 'shop/price/price.go', 'len(name)', 'len(name) + 1');
  const edited = await run('lint');
  expect(edited.ran).toEqual(['shop/order', 'shop/price']);
  writeFiles(workspace.root, {
    'shop/.golangci.yml': 'version: "2"\nlinters:\n  default: none\n  enable: [misspell]\n',
  });
  const quiet = await run('lint');
  expect(quiet.ran).toEqual(['shop/files', 'shop/order', 'shop/price']);
  expect(quiet.failed).toEqual(['tools/files']);
});

it('a finding is gone when it is suppressed, and there when it is brought back', async () => {
  const file = 'tools/files/files.go';
  for (let round = 0; round < 2; round++) {
    replaceText(workspace.root, file, 'os.Remove("a")', 'os.Remove("a") //nolint:errcheck');
    const suppressed = await run('lint');
    expect(suppressed.failed).toEqual(['shop/files']);
    expect(round === 0 ? suppressed.ran : suppressed.cached).toContain('tools/files');
    replaceText(workspace.root, file, ' //nolint:errcheck', '');
    expect((await run('lint')).failed).toEqual(['shop/files', 'tools/files']);
  }
});

it('hits in another checkout', async () => {
  const clean = dropping('_ = os.Remove("a")');
  writeFiles(workspace.root, { 'shop/files/files.go': clean, 'tools/files/files.go': clean });
  const [server, another] = [await CacheServer.start(), await workspace.copy()];
  try {
    workspace.forget();
    expect((await run('lint', server.settings)).ran).toEqual(ALL);
    expect((await run('lint', server.settings, another)).cached).toEqual(ALL);
  } finally {
    another.dispose();
    await server.stop();
  }
});

it('a package without types costs itself and what imports it', async () => {
  replaceText(workspace.root, 'shop/price/price.go', 'return len(name)', 'return name');
  const { output, ran, failed } = await run('lint');
  expect(failed).toEqual(ALL);
  expect(ran).toEqual([]);
  expect(output).toContain('shop/price/price.go:4:35: cannot use name (variable of type string) as int value');
  expect(output).toContain('shop/order/order.go:3:8: could not import example.org/shop/price');
  expect(output.match(/^shop\/files\/files\.go:\d+:11: .*\(errcheck\)$/gm)).toHaveLength(4);
});

it('checks the format by the formatters of the configuration, and formats', async () => {
  replaceText(workspace.root, 'shop/price/price.go', '{ return', '{\n\n\treturn');
  const check = await run('format-check');
  expect(check.failed).toEqual(['shop/price']);
  expect(check.ran).toEqual(['shop/files', 'shop/order', 'tools/files']);
  expect(check.output).toContain('shop/price/price.go is not formatted:\n@@ ');
  expect((await run('format')).failed).toEqual([]);
  const again = await run('format-check');
  expect(again.ran).toEqual(['shop/price']);
  expect(again.cached).toEqual(['shop/files', 'shop/order', 'tools/files']);
  writeFiles(workspace.root, { 'tools/files/broken.go': 'package files\n\nfunc {\n' });
  const broken = await run('format-check');
  expect(broken.failed).toEqual(['tools/files']);
  expect(broken.output).toContain('tools/files/broken.go cannot be formatted:');
});

it('mends what the linter can mend, each time it is asked', async () => {
  writeFiles(workspace.root, { '.golangci.yml': 'version: "2"\nlinters:\n  default: none\n  enable: [misspell]\n' });
  for (let round = 0; round < 2; round++) {
    replaceText(workspace.root, 'shop/price/price.go', 'is a price', 'is a langauge');
    expect((await run('lint')).failed).toEqual(['shop/price']);
    const fixed = await run('lint-fix');
    expect(fixed.cached).toEqual([]);
    expect(workspace.text('shop/price/price.go')).toContain('is a language');
    replaceText(workspace.root, 'shop/price/price.go', 'is a language', 'is a price');
  }
});

it('takes another linter, gofmt without a configuration, and writes reports', async () => {
  const options = { lint: { linter: 'staticcheck', reports: ['sarif'], annotations: 'github' }, format: {} };
  writeFiles(workspace.root, {
    'nx.json': JSON.stringify({ namedInputs: { goSources: [] }, plugins: [{ plugin: 'nx-gopher', options }] }),
    'shop/price/price.go': 'package price\n\nfunc of() {}\n',
    'shop/order/order.go': 'package order\n\nfunc  Of() {}\n',
  });
  rmSync(workspace.path('.golangci.yml'));
  const { output, ran, failed } = await run('lint');
  expect(ran).toEqual(['shop/files', 'shop/order', 'tools/files']);
  expect(failed).toEqual(['shop/price']);
  expect(output).toContain('shop/price/price.go:3:6: func of is unused (U1000)');
  expect(output).toContain('::error file=shop/price/price.go,line=3,col=6,title=U1000::func of is unused');
  const report = JSON.parse(workspace.text('lint/shop/price/lint.sarif')) as { runs: { results: unknown[] }[] };
  expect(report.runs[0]?.results).toHaveLength(1);
  expect((await run('format-check')).failed).toEqual(['shop/order']);
});

it('takes no answer of the cache of golangci-lint, which knows neither go.mod nor files that are named', async () => {
  const header = 'linters:\n  settings:\n    goheader:\n      template-path: ${config-path}/HEADER\n';
  writeFiles(workspace.root, {
    '.golangci.yml': `version: "2"\n${header}  default: none\n  enable: [goheader, gomoddirectives]\n`,
    HEADER: 'Package comment',
    'shop/price/price.go': '// Package comment\n\npackage price\n\n// Of is.\nfunc Of(string) int { return 1 }\n',
  });
  expect((await run('lint')).ran).toEqual(['shop/price']);
  writeFiles(workspace.root, { HEADER: 'Another' });
  expect((await run('lint')).failed).toEqual(ALL);
  writeFiles(workspace.root, {
    HEADER: '.*',
    '.golangci.yml': 'version: "2"\nlinters: { enable: [gomoddirectives] }\n',
  });
  expect((await run('lint')).ran).toEqual(['shop/order', 'shop/price']);
  replaceText(workspace.root, 'shop/go.mod', 'go 1.24\n', 'go 1.24\n\nreplace example.org/z => ../z\n');
  const { output, failed } = await run('lint');
  expect(failed).toEqual(ALL);
  // Of the packages of its own module alone.
  expect(output.match(/^shop\/go\.mod:5:1: local replacement .*\(gomoddirectives\)$/gm)).toHaveLength(3);
});

it('lints what has a hostile name or a broken configuration, and only that suffers', async () => {
  const source = dropping('os.Remove("a")');
  const clean = 'package p\n';
  writeFiles(workspace.root, {
    'shop/constructor/a.go': source,
    "shop/it's/a.go": clean,
    'shop/windows/a_windows.go': clean,
    'tools/crlf/a.go': 'package p\r\n\r\nfunc  P() {}\r\n',
    'shop/old/.golangci.yml': 'version: "1"\n',
    'shop/old/a.go': clean,
    'shop/old/older/a.go': clean,
    'shop/empty/.golangci.yml': '',
    'shop/empty/a.go': clean,
  });
  const { output, ran, cached, failed } = await run('lint');
  expect([...ran, ...cached].sort()).toEqual(['shop/order', 'shop/price']);
  const broken = ['shop/empty', 'shop/old', 'shop/old/older'];
  expect(new Set(failed)).toEqual(new Set([...broken, 'shop/constructor', 'shop/files', 'tools/crlf', 'tools/files']));
  expect(output).toContain('shop/constructor/a.go:7:11: Error return value');
  expect(output.match(/can't load config: unsupported version of the configuration: "1?" /g)).toHaveLength(6);
  const format = await run('format-check');
  expect(format.failed).toEqual(['tools/crlf']);
  expect(format.output).toContain('tools/crlf/a.go is not formatted:\n@@ ');
});

it('says how to get a linter that is not there', async () => {
  const { output, failed } = await run('lint', { PATH: process.env['PATH'] ?? '' });
  expect(failed).toEqual(ALL);
  expect(output).toContain('golangci-lint is not there. Get it for the module with');
});
