import { runGo, type GoCommand } from './command.js';
import { onPath } from './on-path.js';

/** A program that a module can name in a `tool` line of its go.mod. */
export interface Tool {
  readonly command: string;
  /** The package, as a `tool` line has it. */
  readonly importPath: string;
}

/** Where and with what a tool runs. */
export interface Where {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Finds a tool: that of the module in `cwd`, which go builds where it is not in its cache, else the one on PATH.
 *
 * @returns the command's path; undefined when there is none.
 * @throws Error when go.mod names it and go cannot build it: another version from PATH would be no answer.
 */
export async function findTool(go: GoCommand, tool: Tool, where: Where): Promise<string | undefined> {
  const { stdout, stderr, exitCode } = await runGo(go, ['tool', '-n', tool.importPath], where);
  const path = stdout.trim();
  if (exitCode === 0 && path !== '') return path;
  if (!/no such tool/.test(stderr)) throw new Error(`\`go tool -n ${tool.importPath}\` failed: ${stderr.trim()}`);
  return onPath(tool.command, where.env['PATH']);
}

/** How to get a tool, for messages. */
export function howToGet({ importPath }: Tool): string {
  return (
    `Get it for the module with \`go get -tool ${importPath}@latest\`, which writes a tool line into go.mod, or for the ` +
    `machine with \`go install ${importPath}@latest\`, which puts it on PATH when $(go env GOPATH)/bin is there.`
  );
}
