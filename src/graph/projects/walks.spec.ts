import { describe, expect, it } from '@jest/globals';
import type { NxJsonConfiguration, RawProjectGraphDependency } from '@nx/devkit';

import { projectFileWith } from '../../../testing/graph/project-file.js';
import { Random } from '../../../testing/random/random.js';
import { ByName } from '../../by-name.js';
import { emptyPackage, type Package } from '../../go/listing/package.js';
import type { LoadedWorkspace } from '../../workspace/load.js';
import type { GroupListing, Module, ModuleGroup } from '../../workspace/workspace.js';
import { inferGraph } from '../go-graph.js';
import { parseOptions } from '../options/options.js';
import { selectsTasks } from '../../nx/selection.js';
import { goEdges } from './edges.js';
import type { ProjectFile } from './project-files.js';

/** The parts of a package that these graphs differ in; directory and import path are one. */
type Sketch = Partial<Pick<Package, 'name' | 'dir' | 'module' | 'imports' | 'testImports' | 'embedPatterns'>>;
type Sketches = Readonly<Record<string, Sketch>>;

interface Graph {
  /** Under the build configuration of builds, and under that of tests. */
  readonly variants: readonly [Sketches, Sketches];
  readonly files?: Readonly<Record<string, Partial<ProjectFile>>>;
  readonly configuredDirs?: readonly string[];
}

const KEY: NxJsonConfiguration = { namedInputs: { goSources: [], 'goSources-2': [] } };
const ROOT = '.';
/** Outside the workspace. */
const M = { path: 'x.org/m', version: 'v1.0.0', main: false };

describe('what inputs lead to over edges is what they name without', () => {
  it.each<[string, Graph]>([
    ['imports', both({ app: main(['a']), a: { imports: ['b'] }, b: {}, other: {} })],
    [
      'tests of a library',
      both({ app: main(['a']), a: { testImports: ['kit'] }, kit: { imports: ['deep'] }, deep: {} }),
    ],
    [
      'a test of a package that is imported by what it imports',
      both({ a: { imports: ['b'], testImports: ['c'] }, b: {}, c: { imports: ['a'] } }),
    ],
    [
      'imports under one build configuration',
      {
        variants: [
          { app: main(['a']), a: {}, x: {} },
          { app: main(['a']), a: { imports: ['x'] }, x: {} },
        ],
      },
    ],
    [
      'a module from the internet',
      both({
        app: main(['a']),
        a: { imports: ['x.org/m'] },
        'x.org/m': { dir: '/cache/m', module: M, embedPatterns: ['y'] },
      }),
    ],
    [
      'a package in the module’s directory',
      both({
        [ROOT]: { imports: ['a'], testImports: ['kit'] },
        kit: {},
        a: {},
        b: { imports: [ROOT] },
        app: main(['b']),
      }),
    ],
    [
      'files of another project embedded',
      { ...both({ app: main(['a']), a: { embedPatterns: ['web/dist'] } }), configuredDirs: ['a/web'] },
    ],
    [
      'a declared dependency',
      {
        ...both({ app: main(['a']), a: {}, tool: main(['b']), b: {} }),
        files: { a: { implicitDependencies: ['tool'] } },
      },
    ],
    [
      'a dependency taken away',
      { ...both({ app: main(['a']), a: { imports: ['b'] }, b: {} }), files: { a: { takesEdgesAway: true } } },
    ],
    ['a package.json', { ...both({ app: main(['a']), a: { imports: ['b'] }, b: {} }), configuredDirs: ['a'] }],
    ['a cycle', both({ app: main(['a']), a: { imports: ['b'] }, b: { imports: ['a'] } })],
  ])('%s', async (_, graph) => {
    await expectTheSame(graph);
  });

  it('in random graphs', async () => {
    for (let seed = 1; seed <= 40; seed++) await expectTheSame(randomGraph(new Random(String(seed))));
  });

  it('in a chain of 1,500 imports, in ways that Nx can go, and in little space', async () => {
    const chain = Array.from({ length: 1500 }, (_, index): [string, Sketch] => [
      `p${index}`,
      index === 0 ? {} : { imports: [`p${index - 1}`] },
    ]);
    const { sources, longestWay, inputs } = await infer(both(Object.fromEntries(chain)), KEY);
    for (const number of [499, 500, 501, 999, 1000, 1499]) expect(sources(`p${number}`, 'test').size).toBe(number);
    expect(longestWay()).toBeLessThanOrEqual(500);
    expect(JSON.stringify(inputs('p1499', 'test')).length).toBeLessThan(300);
  });
});

it('names whole modules where the packages would be too many', async () => {
  const chain = Array.from({ length: 1600 }, (_, index): [string, Sketch] => [
    `p${index}`,
    { imports: index === 0 ? [] : [`p${index - 1}`], embedPatterns: index === 7 ? ['x'] : [] },
  ]);
  const { inputs, configurations } = await infer(both(Object.fromEntries(chain)), {});
  expect(inputs('p1024', 'test')).toEqual([
    { input: 'goSources-2', projects: chain.slice(0, 1024).map(([dir]) => dir) },
  ]);
  expect(inputs('p1025', 'test')).toEqual([{ input: 'goSources-2', projects: 'p7' }]);
  const files = configurations.get('p1025')?.targets?.['test']?.inputs ?? [];
  expect(files.filter((input) => String(input).startsWith('{workspaceRoot}/**'))).toEqual([
    expect.stringMatching(/^\{workspaceRoot\}\/\*\*\/\*\.\{go,c,/),
  ]);
});

it('leaves imports to the edges', async () => {
  const { inputs } = await infer(both({ app: main(['a', 'b']), a: { imports: ['b'] }, b: {} }), KEY);
  expect(inputs('app', 'build')).toEqual([
    { input: 'goSources', projects: 'a' },
    { input: 'goSources', projects: 'a', dependencies: true },
  ]);
});

it('leaves imports of a library to its own edges, but those of its tests', async () => {
  const packages = { a: { imports: ['b'], testImports: ['b', 'kit'] }, b: {}, kit: { imports: ['b'] } };
  const { inputs } = await infer(both({ app: main(['a']), ...packages }), KEY);
  const kit = { input: 'goSources-2', projects: 'kit' };
  expect(inputs('a', 'vet')).toEqual(['^goSources-2', kit, { ...kit, dependencies: true }]);
  expect(inputs('kit', 'vet')).toEqual(['^goSources-2']);
});

it.each<[string, NxJsonConfiguration]>([
  ['without the named input in nx.json', {}],
  ['where that holds files', { namedInputs: { goSources: ['{projectRoot}/x'] } }],
  ['where Nx selects by projects', { ...KEY, affected: { legacy: true } }],
  ['where tests wait for dependencies', { ...KEY, targetDefaults: { test: { dependsOn: ['^build'] } } }],
])('names all, and has edges for tests, %s', async (_, nxJson) => {
  const graph = both({ app: main(['a']), a: { imports: ['b'], testImports: ['kit'] }, b: {}, kit: {} });
  const { inputs, edges } = await infer(graph, nxJson);
  expect(inputs('app', 'build')).toEqual([{ input: 'goSources', projects: ['a', 'b'] }]);
  // A target that waits for `^build` would wait for all that a module or go.work holds.
  expect(edges.get('a')).toEqual(['b', 'kit', ...(selectsTasks(nxJson) ? [] : [ROOT_PROJECT])]);
});

const ROOT_PROJECT = 'm';

async function expectTheSame(graph: Graph): Promise<void> {
  const [named, walked] = [await infer(graph, {}), await infer(graph, KEY)];
  for (const [name, { targets }] of named.configurations) {
    for (const target of Object.keys(targets ?? {})) {
      const [found, expected] = [walked, named].map(({ sources }) => [...sources(name, target)].sort());
      expect([name, target, found]).toEqual([name, target, expected]);
    }
  }
}

/** How Nx reads the inputs: by task, the named inputs and the projects that it takes them from. */
async function infer({ variants, files = {}, configuredDirs = [] }: Graph, nxJson: NxJsonConfiguration) {
  const group = groupOf(Object.keys({ ...variants[0], ...variants[1] }));
  const listings = variants.map(listingOf);
  const folder = { read: () => undefined, write: () => undefined };
  const workspace = {
    ...{ key: '', root: '/', groups: [group], workDirs: [], generators: new Map(), linterFiles: [], folder },
    list: async (_: ModuleGroup, { tags }: { tags?: unknown }) => listings[tags ? 1 : 0] as GroupListing,
  } as unknown as LoadedWorkspace;
  const projectFiles = new Map(Object.entries(files).map(([dir, file]) => [dir, { ...NO_FILE, ...file }]));
  const options = parseOptions({ test: { tags: ['t'] }, vet: { tags: ['t'] } });
  const dirs = new Set([...configuredDirs, ...projectFiles.keys()]);
  const graph = await inferGraph(workspace, options, nxJson, projectFiles, dirs);
  const configurations = new Map([...graph.configurations].map(([, one]) => [one.name ?? '', one]));
  const names = new Map([...configurations].map(([name, { root }]) => [root, name]));
  for (const dir of configuredDirs) if (!names.has(dir)) names.set(dir, `web in ${dir}`);
  const edges = edgesByProject(goEdges(graph, names, nxJson));
  for (const [dir, { implicitDependencies }] of projectFiles) edges.get(dir)?.push(...implicitDependencies);
  const has = (input: string, project: string): boolean =>
    configurations.get(project)?.namedInputs?.[input] !== undefined;
  const inputs = (project: string, target: string) =>
    (configurations.get(project)?.targets?.[target]?.inputs ?? []).filter(isSources);
  let longest = 0;
  const walk = (from: string, found: Set<string>, way = 0): void => {
    longest = Math.max(longest, way);
    for (const next of edges.get(from) ?? []) {
      if (found.has(next)) continue;
      found.add(next);
      walk(next, found, way + 1);
    }
  };
  const sources = (name: string, target: string): Set<string> => {
    const all = inputs(name, target).flatMap((one) => {
      const own = { input: String(one).slice(1), projects: [name], dependencies: true };
      const { input, projects: names, dependencies } = typeof one === 'string' ? own : one;
      const found = new Set(dependencies ? [] : [names].flat());
      if (dependencies) for (const project of [names].flat()) walk(project, found);
      return [...found].filter((project) => has(input, project)).map((project) => `${input} ${project}`);
    });
    return new Set(all);
  };
  return { configurations, sources, inputs, edges, longestWay: () => longest };
}

const NO_FILE: ProjectFile = projectFileWith({});

interface SourcesInput {
  readonly input: string;
  readonly projects: string | string[];
  readonly dependencies?: boolean;
}

function isSources(input: unknown): input is SourcesInput | string {
  return String(typeof input === 'string' ? input.slice(1) : (input as SourcesInput).input).startsWith('goSources');
}

function edgesByProject(edges: readonly RawProjectGraphDependency[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { source, target } of edges) found.set(source, [...(found.get(source) ?? []), target]);
  return found;
}

function both(sketches: Sketches): Graph {
  return { variants: [sketches, sketches] };
}

function main(imports: readonly string[]): Sketch {
  return { name: 'main', imports };
}

function groupOf(packageDirs: readonly string[]): ModuleGroup {
  const module: Module = { dir: ROOT, path: ROOT_PROJECT, goVersion: '1.24', settings: '', packageDirs };
  return {
    ...{ dir: ROOT, workFile: undefined, env: { GOWORK: 'off' }, modules: [module], vendor: false },
    ...{ vendorListed: false, workSettings: '', replacements: [], linkedManifests: [], sums: new ByName() },
  };
}

function listingOf(sketches: Sketches): GroupListing {
  const packages = Object.entries(sketches).map(([dir, sketch]): [string, Package] => [dir, packageOf(dir, sketch)]);
  const configuration = { goos: 'linux', goarch: 'amd64', compilers: [] };
  return { configuration, key: '', packages: new ByName(packages) } as unknown as GroupListing;
}

function packageOf(dir: string, sketch: Sketch): Package {
  return {
    ...emptyPackage(dir, { path: ROOT_PROJECT, version: '', main: true }),
    ...{ dir, name: 'lib', files: ['x.go'] },
    ...sketch,
  };
}

function randomGraph(random: Random): Graph {
  const size = 3 + random.below(25);
  const dirs = Array.from({ length: size }, (_, index) => (index === 2 ? ROOT : `p${index}`));
  const isMain = (index: number): boolean => index > size * 0.8;
  const some = (most: number, limit: number): string[] =>
    Array.from({ length: random.below(most) }, () => random.below(Math.max(1, limit)))
      .filter((one) => one < limit && !isMain(one))
      .map((one) => dirs[one] as string);
  const sketches = dirs.map((dir, index): [string, Sketch] => [
    dir,
    {
      name: isMain(index) ? 'main' : 'lib',
      imports: [...new Set(some(4, index))],
      testImports: random.below(3) === 0 ? [...new Set([...some(3, size), dir])] : [],
      embedPatterns: random.below(12) === 0 ? ['web/x'] : [],
    },
  ]);
  const one = Object.fromEntries(sketches);
  const changed = sketches.map(([dir, sketch], index): [string, Sketch] => [
    dir,
    random.below(8) === 0 ? { ...sketch, imports: some(4, index) } : sketch,
  ]);
  return { variants: [one, Object.fromEntries(changed)], configuredDirs: random.below(2) ? ['p1/web'] : [] };
}
