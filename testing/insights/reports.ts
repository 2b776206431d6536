import type { InsightsReport, RunInsight, Span, WorkKind } from '../../src/insights/report.js';

const SECTIONS = ['run', 'edits', 'imports', 'structure', 'binaries', 'tests', 'cache'] as const;
const HEAD = { version: 1, workspace: 'shop', time: Date.UTC(2026, 0, 2, 3, 4), days: 90 } as const;

/** A report of which nothing is known: each section says so in words of its own. */
export function missingReport(): InsightsReport {
  const missing = Object.fromEntries(SECTIONS.map((name) => [name, { missing: `Nothing is known of ${name}.` }]));
  return { ...HEAD, ...missing } as unknown as InsightsReport;
}

/** A report that knows all, of packages with these names. */
export function fullReport(names: readonly string[]): InsightsReport {
  const name = (index: number): string => names[index % names.length] as string;
  return {
    ...HEAD,
    run: runOf(name),
    edits: {
      commits: names.length,
      packages: names.map((dir, index) => {
        const changes = names.length - index;
        return { dir, changes, reruns: changes * 8, builds: 3, tests: 5, importers: index % 7 };
      }),
    },
    imports: {
      imports: [
        {
          name: 'net/http',
          version: 'standard library',
          programs: [name(0)],
          packages: 71,
          milliseconds: 9_300,
          bytes: 4e6,
          lines: [{ from: name(1), to: 'net/http' }],
        },
        { name: name(2), version: 'v1.2.3', programs: [name(0)], packages: 3, milliseconds: 0, lines: [] },
      ],
    },
    structure: structureOf(name),
    binaries: {
      binaries: [
        {
          ...{ task: `${name(0)}:build`, path: `dist/${name(0)}`, bytes: 12_000_000 },
          packages: ['runtime', 'net/http', ...names.slice(0, 40)].map((one, index) => ({
            name: one,
            bytes: Math.round(4e6 / (index + 1)),
          })),
          base: { time: HEAD.time - 864e5, commit: 'abc', bytes: 11_000_000 },
          history: [11_000_000, 12_000_000].map((bytes, index) => ({ time: HEAD.time + index, commit: 'abc', bytes })),
        },
        {
          task: `${name(1)}:build`,
          path: 'dist/stripped',
          bytes: 1,
          packages: [],
          problem: 'It was linked with -s.',
          history: [],
        },
      ],
    },
    tests: {
      times: {
        packages: names.map((one, index) => ({ name: one, milliseconds: 10_000 / (index + 1) })),
        slowest: [{ package: name(0), test: 'TestCheckout/empty cart', milliseconds: 3_100 }],
        flaky: [{ task: `${name(1)}:test`, hash: '1234567890', failed: HEAD.time - 9e6, passed: HEAD.time - 8e6 }],
      },
      untested: names.slice(0, 3),
    },
    cache: {
      runs: Array.from({ length: 20 }, (_, index) => ({
        ...{ start: HEAD.time - (20 - index) * 36e5, local: 10 + ((index * 7) % 11), remote: (index * 3) % 9 },
        missed: (index * 5) % 7,
      })),
      saved: 3_600_000,
      causes: [
        { cause: 'a file changed', tasks: 31 },
        { cause: 'a module changed', tasks: 4 },
      ],
      uncached: [{ task: `${name(2)}:test`, reason: '"cache": false in project.json' }],
    },
  };
}

function runOf(name: (index: number) => string): RunInsight {
  const kinds: readonly WorkKind[] = ['compile', 'compile', 'compile', 'link', 'vet', 'test'];
  const path = kinds.map((kind, index): Span => {
    return { kind, name: name(index), from: index * 1_000 + 100, milliseconds: 900, waited: 100 };
  });
  const lane = (from: number, to: number): number[] =>
    Array.from({ length: 40 }, (_, index) => (index < from || index > to ? 0 : 1 + (index % 3) / 2));
  return {
    ...{ start: HEAD.time - 6_000, milliseconds: 6_000, cores: 4, tasks: 12 },
    busy: { compile: 9_000, link: 2_000, test: 3_000 },
    lanes: { compile: lane(0, 24), link: lane(20, 30), test: lane(28, 39) },
    ...{ path, longest: [...path].reverse() },
    onCores: [4, 8, 16, null].map((cores, index) => ({ cores, milliseconds: 6_000 - index * 700 })),
  };
}

function structureOf(name: (index: number) => string): InsightsReport['structure'] {
  const back = [{ from: name(3), to: name(4) }];
  return {
    moduleCycles: [{ members: [name(0), name(1)], imports: [{ from: name(0), to: name(1), tests: false }] }],
    testCycles: [{ members: [name(2), name(3)], imports: [{ from: name(2), to: name(3), tests: true }] }],
    folders: {
      layers: [['lib'], ['internal', 'pkg'], ['cmd']],
      twoWays: [{ folders: ['internal', 'pkg'], imports: 7, back }],
    },
    unimported: [{ dir: name(5), tests: true }],
    duplicates: [{ name: name(6), versions: [{ module: `${name(6)}@v1.0.0`, importers: [name(0)] }], together: true }],
  };
}
