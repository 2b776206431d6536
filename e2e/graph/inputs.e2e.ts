import { relative } from 'node:path';

import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

import { GO_WORK } from '../layouts/go-work.js';
import { REPLACED_MODULES } from '../layouts/replaced-modules.js';
import { SINGLE_MODULE } from '../layouts/single-module.js';
import { mustRun } from '../workspace/command.js';
import { environment } from '../workspace/environment.js';
import { NX_24 } from '../workspace/nx-versions.js';
import { Workspace } from '../workspace/workspace.js';

jest.setTimeout(300_000);

/** The kinds of files that `go list` names for a package, tests left out. */
const FILE_KINDS = [
  ...['GoFiles', 'CgoFiles', 'CFiles', 'CXXFiles', 'MFiles', 'HFiles', 'FFiles', 'SFiles', 'SysoFiles'],
  ...['SwigFiles', 'SwigCXXFiles', 'EmbedFiles'],
];

describe.each([
  { layout: SINGLE_MODULE, mains: SINGLE_MODULE.mains },
  // api/cmd/worker depends on a JavaScript project besides.
  { layout: GO_WORK, mains: ['api/cmd/server', 'tools', 'outside'] },
  { layout: REPLACED_MODULES, mains: ['app/cmd/alpha'] },
])('the inputs of the builds of $layout.name', ({ layout, mains }) => {
  let workspace: Workspace;
  beforeAll(async () => {
    workspace = await Workspace.create(layout, NX_24);
  });
  afterAll(() => workspace?.dispose());

  it.each(mains)('%s: the files of go list -deps, nx.json and the ignore files', async (main) => {
    const { stdout } = await workspace.nx(['show', 'target', `${main}:build`, 'inputs', '--json']);
    const { files } = JSON.parse(stdout) as { files: string[] };
    expect(files.sort()).toEqual([...(await listedFiles(workspace, main)), '.gitignore', 'nx.json'].sort());
  });
});

/** What `go list -deps` names of the workspace for the package in a directory. */
async function listedFiles(workspace: Workspace, directory: string): Promise<string[]> {
  const args = ['list', '-deps', `-json=Dir,Standard,${FILE_KINDS.join(',')}`, '.'];
  const env = environment(directory === 'outside' ? { GOWORK: 'off' } : {});
  const { stdout } = await mustRun('go', args, workspace.path(directory), env);
  const packages = JSON.parse(`[${stdout.replaceAll(/^}\n\{/gm, '},{')}]`) as ListedPackage[];
  return packages
    .filter(({ Dir, Standard }) => !Standard && Dir.startsWith(`${workspace.root}/`))
    .flatMap((found) =>
      FILE_KINDS.flatMap((kind) => found[kind] ?? []).map((file) => relative(workspace.root, `${found.Dir}/${file}`)),
    );
}

interface ListedPackage extends Readonly<Record<string, unknown>> {
  readonly Dir: string;
  readonly Standard?: boolean;
}
