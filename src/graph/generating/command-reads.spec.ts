import { expect, it } from '@jest/globals';

import { generatorCommands } from '../../go/generators/generate-lines.js';
import { commandReads, type Surroundings } from './command-reads.js';

const PACKAGES = new Map([
  ['example.org/w/lib', 'lib'],
  ['example.org/w/lib/store', 'lib/store'],
  ['example.org/w/tools/gen', 'tools/gen'],
]);
const FILES = ['api/v1/pets.proto', 'lib/gen.go', 'lib/query.sql', 'tools/run.sh'];

const AROUND: Surroundings = {
  packageDir: (path) => PACKAGES.get(path),
  isPackageDir: (dir) => [...PACKAGES.values()].includes(dir),
  isFile: (path) => FILES.includes(path),
  isDirectory: (path) => FILES.some((file) => file.startsWith(`${path}/`)),
  importsOf: () => ['text/template', 'example.org/w/lib/store', 'golang.org/x/text/cases'],
  tools: [
    'github.com/bufbuild/buf/cmd/buf',
    'golang.org/x/tools/cmd/stringer',
    'example.org/w/tools/gen',
    'example.org/cli/v2',
  ],
  vouched: [],
};

it.each([
  ['go tool stringer -type=Pill', { tools: ['tool stringer'] }],
  ['go tool gen x', { packages: ['tools/gen'] }],
  ['go run golang.org/x/tools/cmd/stringer -type=Pill', { tools: ['package golang.org/x/tools/cmd/stringer'] }],
  ['go run -mod=mod go.uber.org/mock/mockgen -source=x.go', { tools: ['package go.uber.org/mock/mockgen'] }],
  ['go run -tags a example.org/cli/v2@v2.1.0 x', {}],
  ['go run ../tools/gen -v', { packages: ['tools/gen'] }],
  ['go run example.org/w/tools/gen', { packages: ['tools/gen'] }],
  ['go run gen.go', { packages: ['lib/store'], files: ['lib/gen.go'], tools: ['package golang.org/x/text/cases'] }],
  ['mockgen -destination=m.go example.org/w/lib/store A,B', { packages: ['lib/store'], tools: ['path mockgen'] }],
  ['sqlc generate', { tools: ['path sqlc'] }],
  [
    'protoc --go_out=. --go-grpc_out=. --python_out=. ../api/v1/pets.proto',
    { files: ['api/v1/pets.proto'], tools: ['path protoc', 'path protoc-gen-go', 'path protoc-gen-go-grpc'] },
  ],
  ['gen -in=../api', { files: ['api/**/*'], tools: ['path gen'] }],
  ['../tools/run.sh', { files: ['tools/run.sh'] }],
] as const)('%s', (line, expected) => {
  const { packages, files, tools, uncacheable } = read(line);
  const empty = { packages: [], files: [], tools: [], uncacheable: [] };
  expect({ packages, files, tools, uncacheable }).toEqual({ ...empty, ...expected });
});

it.each([
  ['go run example.org/cli/v2@latest', 'name a version, as @v1.2.3'],
  ['sh -c gen', 'sh can run programs that no input names'],
  ['go tool buf generate', 'buf can run programs that no input names'],
  ['go run github.com/bufbuild/buf/cmd/buf@v1.75.0 generate', 'name them in the option "tools"'],
  ['/usr/bin/gen', 'lies outside the workspace'],
])('%s: is not cached', (line, reason) => {
  expect(read(line).uncacheable).toEqual([expect.stringContaining(reason)]);
});

it('takes the word of the user for what a shell starts', () => {
  const { tools, uncacheable } = read('sh -c paint', { ...AROUND, vouched: ['sh', 'paint'] });
  expect({ tools, uncacheable }).toEqual({ tools: ['path sh', 'path paint'], uncacheable: [] });
  const ofGoMod = read('go tool buf generate', { ...AROUND, vouched: ['stringer'] });
  expect(ofGoMod.tools).toEqual(['tool stringer', 'tool buf']);
  expect(ofGoMod.uncacheable).toEqual([]);
});

function read(line: string, around = AROUND): Record<'packages' | 'files' | 'tools' | 'uncacheable', string[]> {
  const reads = commandReads(generatorCommands('x.go', [line], 'lib'), 'lib', around);
  return {
    packages: [...reads.packages],
    files: [...reads.files],
    tools: [...reads.tools],
    uncacheable: [...reads.uncacheable],
  };
}
