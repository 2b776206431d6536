import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** A task whose result is wanted anew. */
export interface WantedTask {
  readonly project: string;
  readonly target: string;
  readonly configuration: string | undefined;
  /** What the command line gave the task. */
  readonly overrides: readonly string[];
}

/** The words of the command line that Nx handed to a task. */
export function unparsedOverrides(overrides: unknown): readonly string[] {
  const { __overrides_unparsed__: words } = Object(overrides) as { readonly __overrides_unparsed__?: unknown };
  return Array.isArray(words) ? words.map(String) : [];
}

/** Variables that belong to one task or one batch of the run that calls for another. */
const OF_ONE_TASK = /^NX_(TASK_|FORKED_TASK_EXECUTOR|TERMINAL_|STREAM_OUTPUT|PREFIX_OUTPUT)/;

/**
 * Runs tasks in another Nx, which asks no remote cache: with all that they wait for, and with results that go into the
 * cache of this machine. The entries that were wrong have to be gone by then.
 *
 * @returns whether all succeeded.
 */
export async function rebuild(tasks: readonly WantedTask[], workspaceRoot: string): Promise<boolean> {
  const commands = new Map<string, { readonly args: readonly string[]; readonly projects: string[] }>();
  for (const { project, target, configuration, overrides } of tasks) {
    const args = ['-t', target, ...(configuration ? ['-c', configuration] : []), ...overrides];
    const id = JSON.stringify(args);
    const command = commands.get(id) ?? { args, projects: [] };
    command.projects.push(project);
    commands.set(id, command);
  }
  for (const { args, projects } of commands.values()) {
    const [target = '', name = '', ...others] = args;
    const options = ['--skip-remote-cache', '--output-style=static', '-p', projects.join(',')];
    if (!(await runNx(['run-many', target, name, ...options, ...others], workspaceRoot))) return false;
  }
  return true;
}

function runNx(args: readonly string[], workspaceRoot: string): Promise<boolean> {
  const nx = createRequire(join(workspaceRoot, 'package.json')).resolve('nx');
  const inherited = Object.entries(process.env).filter(([name]) => !OF_ONE_TASK.test(name));
  const env = { ...Object.fromEntries(inherited), NX_TUI: 'false' };
  const child = spawn(process.execPath, [nx, ...args], {
    cwd: workspaceRoot,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return new Promise((resolve) => {
    child.on('error', () => resolve(false));
    child.on('exit', (code) => resolve(code === 0));
  });
}
