import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { parse } from 'yaml';

import { CacheServer } from '../../testing/cache-server/cache-server.js';
import { GO_WORK } from '../../testing/layouts/go-work.js';
import { mustRun, run, type CommandResult } from '../../testing/workspace/command.js';
import { environment } from '../../testing/workspace/environment.js';
import { replaceText } from '../../testing/workspace/files.js';
import { taskEnds, tasksThat } from '../../testing/workspace/nx-output.js';
import { NX_24 } from '../../testing/workspace/nx-versions.js';
import { temporaryFolder } from '../../testing/workspace/temporary-folder.js';
import { linkNodeModules, Workspace } from '../../testing/workspace/workspace.js';

jest.setTimeout(300_000);

interface GitHubWorkflow {
  readonly jobs: Readonly<
    Record<string, { readonly env: Record<string, string>; readonly steps: readonly GitHubStep[] }>
  >;
}

interface GitHubStep {
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly run?: string;
}

interface GitLabPipeline {
  readonly affected: { readonly variables: Record<string, string | number>; readonly script: readonly string[] };
}

const DOCUMENT = readFileSync(fileURLToPath(new URL('../../docs/ci.md', import.meta.url)), 'utf8');
const [github, gitlab] = [...DOCUMENT.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(
  ([, text]) => parse(text ?? '') as unknown,
) as [GitHubWorkflow, GitLabPipeline];

/** What the change on the branch reaches: a body in a package that two mains import. */
const REACHED = ['api/cmd/server:build', 'api/cmd/worker:package', 'core/log:test', 'core/log:vet'];

/** The commands of a pipeline without the installation: the clones are given the packages of the workspace. */
function withoutInstallation(commands: readonly string[]): string {
  const afterInstall = commands.filter((command) => !command.startsWith('npm ci'));
  expect(afterInstall).toHaveLength(commands.length - 1);
  return afterInstall.join('\n');
}

describe('the set-ups of docs/ci.md', () => {
  let workspace: Workspace;
  let base: string;
  let cache: CacheServer;
  const clones: string[] = [];

  /** The workspace is the remote: its main holds the layout, its branch `change` one commit more. */
  beforeAll(async () => {
    cache = await CacheServer.start();
    workspace = await Workspace.create(GO_WORK, NX_24, { pluginWorkers: true });
    base = (await workspace.git('rev-parse', 'HEAD')).stdout;
    await workspace.git('checkout', '--quiet', '-b', 'change');
    replaceText(workspace.root, 'core/log/log.go', '"log: "', '"logged: "');
    await workspace.commit();
  });

  afterAll(async () => {
    await cache?.stop();
    for (const clone of clones) rmSync(clone, { recursive: true, force: true });
    workspace?.dispose();
  });

  /** A clone of the branch as a pipeline has it. */
  async function clone(...options: string[]): Promise<string> {
    const folder = mkdtempSync(join(temporaryFolder('workspaces'), 'clone-'));
    clones.push(folder);
    const url = `file://${workspace.root}`;
    await mustRun('git', ['clone', '--quiet', '--branch=change', ...options, url, folder], folder, environment());
    await linkNodeModules(workspace.root, folder);
    return folder;
  }

  /** Each pipeline is a user of its own: Nx keeps a repository's cache in the home directory, for all its clones. */
  function shell(script: string, cwd: string, settings: Record<string, string>): Promise<CommandResult> {
    const HOME = temporaryFolder('homes', basename(cwd));
    const env = environment({ ...cache.settings, ...settings, HOME });
    return run('bash', ['-eo', 'pipefail', '-c', script], cwd, env);
  }

  it('run on GitHub what the branch changed against its base', async () => {
    const { env, steps } = github.jobs['affected'] ?? { env: {}, steps: [] };
    const checkout = steps.find(({ uses }) => uses?.startsWith('actions/checkout'));
    expect(checkout?.with).toEqual({ 'fetch-depth': 0 });
    for (const name of Object.keys(cache.settings).filter((name) => name.startsWith('NX_')))
      expect(env).toHaveProperty(name);
    expect(env['NX_BASE']).toContain("format('origin/{0}', github.base_ref)");
    const script = withoutInstallation(steps.flatMap((step) => step.run ?? []));
    const cwd = await clone();
    const { output, exitCode } = await shell(script, cwd, { NX_BASE: 'origin/main', NX_HEAD: env['NX_HEAD'] ?? '' });
    expect(exitCode).toBe(0);
    expect(tasksThat('ran', taskEnds(output))).toEqual(expect.arrayContaining(REACHED));
    expect(tasksThat('ran', taskEnds(output))).not.toContain('tools:build');
  });

  it('take on GitLab from the remote cache what another pipeline stored, with the caches of go in the project', async () => {
    const { variables, script } = gitlab.affected;
    expect(variables['GIT_DEPTH']).toBe(0);
    const cwd = await clone();
    const given = Object.fromEntries(
      Object.entries(variables).map(([name, value]) => [name, String(value).replace('$CI_PROJECT_DIR', cwd)]),
    );
    // The modules come from where the tests have them; go's own cache starts empty, as on a new runner.
    const settings = { ...given, GOMODCACHE: environment()['GOMODCACHE'] ?? '', CI_MERGE_REQUEST_DIFF_BASE_SHA: base };
    const { output, exitCode } = await shell(withoutInstallation(script), cwd, settings);
    expect(exitCode).toBe(0);
    const ends = taskEnds(output);
    expect(tasksThat('ran', ends)).toEqual([]);
    expect(tasksThat('cached', ends)).toEqual(expect.arrayContaining(REACHED));
  });

  it('fail in a clone without the base, as the document says', async () => {
    const cwd = await clone('--depth=1');
    const { exitCode } = await shell('npx nx affected -t build', cwd, { NX_BASE: base, NX_HEAD: 'HEAD' });
    expect(exitCode).not.toBe(0);
  });
});
