import { expect, it } from '@jest/globals';

import { projectFileWith } from '../../../testing/graph/project-file.js';
import { generatedSources } from './declared-outputs.js';
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
  expect(generatedSources(new Map([['lib/stubs', project([output])]]), {})(dir)).toEqual(expected);
});

it('takes the outputs of targetDefaults where a target names none, and each once', () => {
  const files = new Map([
    ['a', project()],
    ['b', project(['{workspaceRoot}/a/gen.go'])],
  ]);
  const nxJson = { targetDefaults: { generate: { outputs: ['{projectRoot}/gen.go'] } } };
  expect(generatedSources(files, nxJson)('a')).toEqual(['gen.go']);
});
