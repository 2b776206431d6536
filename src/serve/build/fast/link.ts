import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { hashOf, shortId } from '../../../go/actions/hash-trace.js';
import { writeContentId } from '../../../go/binaries/build-id.js';
import { runGo, type GoCommand } from '../../../go/process/command.js';
import { runTool } from '../../../go/process/tool.js';
import { importcfgWith, inFolder, NeedsGo, type CompiledPackage } from './compiled-package.js';
import { PACKAGE_FILE, type RecordedMain, type Recording } from './recording.js';

/** What a program is linked as. */
export interface LinkIds {
  /** The action that links it. */
  readonly action: string;
  /** Of the main package: its action and its content. */
  readonly main: string;
}

/** The ids under which go would link a program of the compiled packages as they are now. */
export function linkIds({ importPath, pieces }: RecordedMain, packages: ReadonlyMap<string, CompiledPackage>): LinkIds {
  const compiled = packages.get(importPath);
  const main = `${compiled?.actionId(packages) ?? ''}/${compiled?.contentId ?? ''}`;
  const now = pieces.map((piece) => {
    if (piece.startsWith('packagemain ')) return `packagemain ${main}\n`;
    const [, path = ''] = PACKAGE_FILE.exec(piece.trimEnd()) ?? [];
    const linked = packages.get(path);
    return linked ? `packagefile ${path}=${linked.contentId}\n` : piece;
  });
  return { action: shortId(hashOf(now)), main };
}

/** Links a program as go would. @param folder a new one. @returns the program. @throws NeedsGo */
export async function link(
  main: RecordedMain,
  { action, main: mainId }: LinkIds,
  folder: string,
  packages: ReadonlyMap<string, CompiledPackage>,
  { go, recording: { cwd, env } }: { readonly go: GoCommand; readonly recording: Recording },
): Promise<string> {
  const { words, work, env: own } = main.link;
  mkdirSync(join(folder, 'exe'), { recursive: true });
  writeFileSync(join(folder, 'importcfg.link'), importcfgWith(main.importcfg, packages));
  const id = `${action}/${mainId}/${action}`;
  const command = [...inFolder(words.slice(0, -1), work, folder, id), packages.get(main.importPath)?.archive ?? ''];
  const { exitCode, output } = await runTool(command, { cwd, env: { ...env, ...own } });
  if (exitCode !== 0 || output !== '') throw new NeedsGo(`${main.importPath} does not link in silence`);
  const program = command[command.indexOf('-o') + 1] ?? '';
  if (!isSigned()) writeContentId(program, id);
  else await runGo(go, ['tool', 'buildid', '-w', program], { cwd, env });
  return program;
}

/** Whether programs hold a signature of all of their bytes: only go's own tool makes it anew. */
export function isSigned(): boolean {
  return process.platform === 'darwin';
}
