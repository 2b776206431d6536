import { expect, it } from '@jest/globals';

import { projectFileWith } from '../../../testing/graph/project-file.js';
import { declaredOutputs } from './declared-outputs.js';
import type { ProjectFile } from './project-files.js';

const project = (outputs?: string[]): ProjectFile => projectFileWith({ generate: { ...(outputs ? { outputs } : {}) } });

it.each([
  ['{projectRoot}/names_gen.go', 'lib/stubs', ['names_gen.go']],
  ['{projectRoot}/*_gen.go', 'lib/stubs', ['*_gen.go']],
  ['{projectRoot}/*_gen.go', 'lib/stubs/below', []],
  ['{projectRoot}/**/*.pb.go', 'lib/stubs', ['*.pb.go']],
  ['{projectRoot}/**/*.pb.go', 'lib/stubs/below', ['*.pb.go']],
  ['{projectRoot}/**/*.pb.go', 'lib/stubs-too', []],
  ['{workspaceRoot}/api/v1/types.go', 'api/v1', ['types.go']],
  ['{workspaceRoot}/zz.go', '.', ['zz.go']],
  ['{workspaceRoot}/**/zz.go', 'anywhere', ['zz.go']],
  ['{workspaceRoot}/lib/stubs', 'lib/stubs', []],
  ['{options.outputPath}.go', 'lib/stubs', []],
  ['!{projectRoot}/*.go', 'lib/stubs', []],
])('the output %s, of lib/stubs, in %s: %j', (output, dir, expected) => {
  expect(declaredOutputs(new Map([['lib/stubs', project([output])]]), {}).generatedSources(dir)).toEqual(expected);
});

it('takes the outputs of targetDefaults where a target names none, and each once', () => {
  const files = new Map([
    ['a', project()],
    ['b', project(['{workspaceRoot}/a/gen.go'])],
  ]);
  const nxJson = { targetDefaults: { generate: { outputs: ['{projectRoot}/gen.go'] } } };
  expect(declaredOutputs(files, nxJson).generatedSources('a')).toEqual(['gen.go']);
});

it('knows the targets that write files of a directory, or all of it', () => {
  const files = new Map([['lib/stubs', project(['{projectRoot}/*_gen.go', '{workspaceRoot}/lib/wire'])]]);
  const inferred = [{ projectDir: 'a', target: 'gen', outputs: ['{projectRoot}/a.go'] }];
  const { writersOf } = declaredOutputs(files, {}, inferred);
  const writer = { projectDir: 'lib/stubs', target: 'generate' };
  expect(writersOf('lib/stubs')).toEqual([{ ...writer, glob: '*_gen.go' }]);
  expect(writersOf('lib/wire/deep')).toEqual([{ ...writer, glob: undefined }]);
  expect(writersOf('lib/wired')).toEqual([]);
  expect(writersOf('a')).toEqual([{ projectDir: 'a', target: 'gen', glob: 'a.go' }]);
});
