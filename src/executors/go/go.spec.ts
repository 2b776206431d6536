import { existsSync } from 'node:fs';

import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';

import { GoWorkspace } from '../../../testing/executors/go-workspace.js';
import { BATCHED_KINDS } from '../../facts/target-kinds.js';
import { loadKind } from '../batch/load-kind.js';

jest.setTimeout(180_000);

const workspace = new GoWorkspace({
  'go.mod': 'module example.com/m\n\ngo 1.24\n',
  'app/main.go': 'package main\n\nimport "example.com/m/lib"\n\nfunc main() { println(lib.X) }\n',
  'lib/lib.go': 'package lib\n\nconst X = 1\n',
  'lib/lib_test.go':
    'package lib\n\nimport (\n\t"os"\n\t"testing"\n\t"time"\n)\n\n' +
    // It ends when it sees the binary, so it passes only where the build does not wait for it.
    'func TestBinary(t *testing.T) {\n\tfor range 600 {\n\t\tif _, err := os.Stat("../dist/app/app"); err == nil {\n\t\t\treturn\n\t\t}\n' +
    '\t\ttime.Sleep(100 * time.Millisecond)\n\t}\n\tt.Fatal("no binary")\n}\n',
  'broken/main.go': 'package main\n\nfunc main() { undefined() }\n',
});
// Jest fails to load modules that are asked for at the same time.
beforeAll(async () => {
  for (const kind of BATCHED_KINDS) await loadKind(kind);
});
afterAll(() => workspace.remove());

it('runs kinds side by side, each task with its own times', async () => {
  // Listed first, as Nx may have it: the order says nothing.
  const results = await workspace.runKinds({
    'lib:test': { root: 'lib', options: { kind: 'test' } },
    'lib:vet': { root: 'lib', options: { kind: 'vet' } },
    'app:build': { root: 'app', options: { kind: 'build' } },
    'broken:build': { root: 'broken', options: { kind: 'build' } },
    'broken:package': { root: 'broken', options: { kind: 'package' }, dependsOn: ['broken:build', 'lib:test'] },
  });
  expect(Object.fromEntries(Object.entries(results).map(([id, { status }]) => [id, status]))).toEqual({
    'lib:test': 'success',
    'lib:vet': 'success',
    'app:build': 'success',
    'broken:build': 'failure',
    'broken:package': 'skipped',
  });
  const [build, test] = [results['app:build'], results['lib:test']];
  expect(build?.startTime).toBeLessThan(test?.endTime ?? 0);
  expect(existsSync(workspace.path('dist/app/app'))).toBe(true);
});

it('also where build and tests compile the same: then the tests wait until it is compiled', async () => {
  const results = await workspace.runKinds({
    'lib:test': { root: 'lib', options: { kind: 'test' } },
    'app:build': { root: 'app', options: { kind: 'build', trimpath: false } as object },
  });
  expect(results['lib:test']).toMatchObject({ status: 'success' });
  // With a single main it is the build's end that tells of it.
  expect(results['lib:test']?.startTime).toBeGreaterThanOrEqual(results['app:build']?.endTime ?? Infinity);
});

it.each([undefined, 'biuld', 'tidy'])('says which kinds there are where the option is %s', async (kind) => {
  const results = await workspace.runKinds({
    'app:build': { root: 'app', options: { ...(kind ? { kind } : {}) } },
    'lib:vet': { root: 'lib', options: { kind: 'vet' } },
  });
  expect(results['app:build']?.terminalOutput).toContain('one of build, vet, test, generate, generate-check, lint');
  expect(results['lib:vet']).toMatchObject({ success: true });
});
