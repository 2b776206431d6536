import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from '@jest/globals';
import fastGlob from 'fast-glob';
import { parse } from 'yaml';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const CODE = ['src', 'testing', 'e2e', 'exactness', 'bench', 'examples', 'scripts'];
const VARIABLE = /(?<![\w-])NX_GOPHER_[A-Z]+(?:_[A-Z]+)*\b/g;
const WORKFLOW = '.github/workflows/ci.yml';

const text = (file: string): string => readFileSync(`${ROOT}${file}`, 'utf8');
const all = (pattern: RegExp, ...texts: string[]): string[] => [
  ...new Set(texts.flatMap((one) => [...one.matchAll(pattern)].map((match) => match[1] ?? match[0]))),
];
const sources = fastGlob.sync(
  CODE.map((dir) => `${dir}/**/*.{ts,cjs,mjs}`),
  { cwd: ROOT, ignore: ['**/node_modules/**', 'testing/documents/**'] },
);
const code = [...sources, '.ci/run'].map(text);

/** Paths of this repository that a text names; `<name>` in one stands for any name. */
function namedPaths(content: string): string[] {
  const folders = [...CODE, 'docs', '\\.ci', '\\.github'].join('|');
  const inFolders = all(new RegExp(`(?<![\\w./-])(?:${folders})/[\\w./<>-]*`, 'g'), content);
  const inCode = all(/`([\w.-]+\.(?:json|md|ts|js))`/g, content).filter((file) => existsSync(`${ROOT}${file}`));
  const linked = all(/\]\(((?:\.\.\/)?[\w./-]+)(?:#[\w-]+)?\)/g, content);
  return [...inFolders, ...inCode, ...linked];
}

function exists(path: string, document: string): boolean {
  const inside = path.replace(/\.$/, '').replace(/^\.\.\//, '');
  const pattern = inside.replace(/<\w+>/g, '*').replace(/\/$/, '/**');
  const folder = document.startsWith('docs/') ? 'docs/' : '';
  return [pattern, `${folder}${pattern}`, `${pattern}*`].some(
    (glob) =>
      fastGlob.sync(glob, { cwd: ROOT, dot: true, onlyFiles: false, ignore: ['**/node_modules/**'] }).length > 0,
  );
}

const DOCUMENTS = [
  'docs/architecture.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  '.github/pull_request_template.md',
  WORKFLOW,
];

describe.each(DOCUMENTS)('%s', (document) => {
  it('names only files that there are', () => {
    expect(namedPaths(text(document)).filter((path) => !exists(path, document))).toEqual([]);
  });

  it('names only scripts of package.json that there are', () => {
    const { scripts } = JSON.parse(text('package.json')) as { scripts: Record<string, string> };
    expect(all(/npm run ([\w:]+)/g, text(document)).filter((name) => !(name in scripts))).toEqual([]);
  });

  it('names only variables that the code reads', () => {
    const read = all(VARIABLE, ...code);
    expect(all(VARIABLE, text(document)).filter((name) => !read.includes(name))).toEqual([]);
  });
});

it('CONTRIBUTING.md names every variable that the code reads', () => {
  const read = all(VARIABLE, ...code);
  expect(read).toContain('NX_GOPHER_DISABLE');
  expect(read.filter((name) => !text('CONTRIBUTING.md').includes(`\`${name}`))).toEqual([]);
});

it('docs/architecture.md has every law that the code names', () => {
  const laws = all(/^(\d+)\. \*\*/gm, text('docs/architecture.md'));
  expect(laws).toEqual(['1', '2', '3', '4', '5', '6', '7', '8']);
  const named = all(/\blaws? (\d+)/gi, ...code);
  expect(named).toContain('5');
  expect(named.filter((law) => !laws.includes(law))).toEqual([]);
});

it('docs/architecture.md names every folder of src', () => {
  const folders = fastGlob.sync('src/*', { cwd: ROOT, onlyDirectories: true });
  expect(folders.length).toBeGreaterThan(5);
  expect(folders.filter((folder) => !text('docs/architecture.md').includes(`${folder}/`))).toEqual([]);
});

it('the commands of CONTRIBUTING.md choose tests that there are', () => {
  const commands = all(/^(npm run test:\w+ -- [^#\n]+)/gm, text('CONTRIBUTING.md'));
  expect(commands.length).toBeGreaterThan(3);
  const tests = fastGlob.sync('{src,testing,exactness,bench,e2e}/**/*.{spec,e2e}.ts', { cwd: ROOT });
  for (const command of commands) {
    const [, path = '', name = ''] = /-- (\S+)(?: +-t '([^']+)')?/.exec(command) ?? [];
    expect(tests.filter((file) => file.includes(path))).not.toEqual([]);
    // The names of rows stand in the tables next to the tests.
    expect(sources.filter((file) => file.includes(path) && text(file).includes(name))).not.toEqual([]);
  }
});

it('the workflow runs .ci/run on Linux and macOS', () => {
  const { jobs } = parse(text(WORKFLOW)) as {
    jobs: Record<string, { strategy: { matrix: { include: { os: string }[] } }; steps: { run?: string }[] }>;
  };
  expect(Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []))).toEqual(['bash .ci/run']);
  const systems = Object.values(jobs).flatMap(({ strategy }) => strategy.matrix.include.map(({ os }) => os));
  expect(new Set(systems)).toEqual(new Set(['ubuntu-latest', 'macos-latest']));
});
