import { execa } from 'execa';

/** A command whose output Nx puts into hashes, and how many tasks have it. */
export interface RuntimeInput {
  readonly command: string;
  readonly tasks: number;
}

/**
 * Runs the commands of the tasks' `runtime` inputs as Nx does, through the shell in the workspace's root, and names
 * each line of `go env A B` after its setting. A setting asked in a module's directory is named with it.
 */
export async function readSettings(
  root: string,
  inputs: readonly RuntimeInput[],
): Promise<{ settings: Record<string, string>; uses: Record<string, number> }> {
  const settings: Record<string, string> = {};
  const uses: Record<string, number> = {};
  for (const { command, tasks } of inputs) {
    const { all } = await execa(command, { cwd: root, shell: true, reject: false, all: true, stdin: 'ignore' });
    for (const [name, value] of nameLines(command, all)) {
      settings[name] = value;
      uses[name] = (uses[name] ?? 0) + tasks;
    }
  }
  return { settings, uses };
}

/** The lines of a command's output by what they are: `GOOS`, `GOOS in api`, or the command for any other. */
export function nameLines(command: string, output: string): [string, string][] {
  const [, directory, names] = /^go (?:-C (\S+|'[^']*'|"[^"]*") )?env ([A-Z0-9_ ]+)$/.exec(command) ?? [];
  const lines = output.split('\n');
  const asked = names?.split(' ');
  if (!asked || lines.length < asked.length) return [[command, lines[0] ?? '']];
  return asked.map((name, index) => [directory ? `${name} in ${directory}` : name, lines[index] ?? '']);
}
