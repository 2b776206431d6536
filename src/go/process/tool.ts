import { environmentOfGo, processRunner } from './command.js';

/** How a tool of the go toolchain ended. */
export interface ToolResult {
  readonly exitCode: number;
  /** All that it printed. */
  readonly output: string;
}

/** Runs a compiler or linker of the go toolchain, with an environment that holds all that go would set for it. */
export async function runTool(
  [tool = '', ...args]: readonly string[],
  where: { readonly cwd: string; readonly env: Readonly<Record<string, string | undefined>> },
): Promise<ToolResult> {
  const { execa } = await processRunner();
  const { exitCode, all, shortMessage } = await execa(tool, args, {
    cwd: where.cwd,
    env: environmentOfGo(where.env),
    all: true,
    reject: false,
    stdin: 'ignore',
    stripFinalNewline: false,
  });
  return { exitCode: exitCode ?? 1, output: exitCode === undefined ? (shortMessage ?? '') : String(all ?? '') };
}
