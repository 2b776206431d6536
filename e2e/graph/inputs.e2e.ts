import { relative } from 'node:path';

import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

import { GO_WORK } from '../../testing/layouts/go-work.js';
import { REPLACED_MODULES } from '../../testing/layouts/replaced-modules.js';
import { SINGLE_MODULE } from '../../testing/layouts/single-module.js';
import { mustRun } from '../../testing/workspace/command.js';
import { environment } from '../../testing/workspace/environment.js';
import { NX_24 } from '../../testing/workspace/nx-versions.js';
import { Workspace } from '../../testing/workspace/workspace.js';

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

  it.each(mains)('%s: the files of go list -deps, nx.json and .gitignore', async (main) => {
    const { stdout } = await workspace.nx(['show', 'target', `${main}:build`, 'inputs', '--json']);
    const { files } = JSON.parse(stdout) as { files: string[] };
    expect(files.sort()).toEqual([...(await listedFiles(workspace, main)), '.gitignore', 'nx.json'].sort());
  });
});

/**
 * What `go list -deps` names of the workspace for the package in a directory. Of the files that it calls ignored, those
 * are left out that the name alone excludes: what only a `//go:build` line excludes has to be watched.
 */
async function listedFiles(workspace: Workspace, directory: string): Promise<string[]> {
  const args = ['list', '-deps', `-json=Dir,Standard,IgnoredGoFiles,${FILE_KINDS.join(',')}`, '.'];
  const env = environment(directory === 'outside' ? { GOWORK: 'off' } : {});
  const { stdout } = await mustRun('go', args, workspace.path(directory), env);
  const packages = JSON.parse(`[${stdout.replaceAll(/^}\n\{/gm, '},{')}]`) as ListedPackage[];
  const platforms = await foreignPlatforms(workspace);
  return packages
    .filter(({ Dir, Standard }) => !Standard && Dir.startsWith(`${workspace.root}/`))
    .flatMap((found) => {
      const watched = (found.IgnoredGoFiles ?? []).filter((name) => !platforms.test(name));
      const compiled = FILE_KINDS.flatMap((kind) => (found[kind] as string[] | undefined) ?? []);
      return [...compiled, ...watched].map((file) => relative(workspace.root, `${found.Dir}/${file}`));
    });
}

/** Matches the name of a Go file that is for another platform, by all that this toolchain can build for. */
async function foreignPlatforms(workspace: Workspace): Promise<RegExp> {
  const { stdout } = await mustRun('go', ['tool', 'dist', 'list'], workspace.root, environment());
  const names = new Set(stdout.trim().split(/[\n/]/));
  const platform = (await mustRun('go', ['env', 'GOOS', 'GOARCH'], workspace.root, environment())).stdout
    .trim()
    .split('\n');
  return new RegExp(`_(${[...names].filter((name) => !platform.includes(name)).join('|')})(_test)?\\.go$`);
}

interface ListedPackage extends Readonly<Record<string, unknown>> {
  readonly Dir: string;
  readonly Standard?: boolean;
  readonly IgnoredGoFiles?: readonly string[];
}
