import { basename } from 'node:path';

import type { HashedAction } from '../../../go/actions/hash-trace.js';
import type { BuildScript, ToolCommand } from '../../../go/actions/build-script.js';
import { FILE_PIECE, IMPORT_PIECE, PACKAGE_FILE, type RecordedCompile, type RecordedPackage } from './recording.js';
import { SourceFile } from './source-file.js';

/** What is known of a package that was built. */
export interface BuiltPackage {
  readonly importPath: string;
  readonly action: HashedAction;
  readonly archive: string;
  readonly contentId: string;
  /** Its folder in the script that compiles everything. */
  readonly work: string;
}

/** What its compile is recorded from. */
export interface CompileSources {
  /** Compiles everything. */
  readonly script: BuildScript;
  /** Where compiled packages are, by import path. */
  readonly archives: ReadonlyMap<string, string>;
  /** Whether a package can become another one. */
  readonly isRecorded: (importPath: string) => boolean;
}

/** What an action can have in it for which other tools than the compiler run. */
const OTHER_TOOLS = /^(cgo |CC|CXX|FC|asm |cover |fuzz |pgofile |magic )/;

/** @returns undefined where a file cannot be found that it is made of. */
export function recordPackage(
  { importPath, action, archive, contentId, work }: BuiltPackage,
  from: CompileSources,
): RecordedPackage | undefined {
  const sources: SourceFile[] = [];
  const imports: string[] = [];
  for (const piece of action.pieces) {
    const [, name, id = ''] = FILE_PIECE.exec(piece) ?? [];
    const path = name === undefined ? undefined : action.paths.get(name);
    if (name !== undefined && path === undefined) return undefined;
    if (name !== undefined && path !== undefined) sources.push(new SourceFile(name, path, id));
    const [, imported] = IMPORT_PIECE.exec(piece) ?? [];
    if (imported !== undefined && from.isRecorded(imported)) imports.push(imported);
  }
  const compile = recordCompile(action, sources, work, from);
  return { importPath, pieces: action.pieces, imports, sources, compile, archive, contentId };
}

function recordCompile(
  { pieces }: HashedAction,
  sources: readonly SourceFile[],
  work: string,
  { script, archives }: CompileSources,
): RecordedCompile | string {
  const other = pieces.find((piece) => OTHER_TOOLS.test(piece));
  if (other !== undefined) return `more than the compiler makes it (${other.split(' ', 1)[0]})`;
  const command = script.compiles.get(work);
  const importcfg = script.files.get(`${work}/importcfg`)?.map((line) => withArchive(line, archives));
  if (!command || !importcfg) return 'go does not show how it is compiled';
  const goFiles = sources.filter(({ isGo }) => isGo);
  const words = command.words.slice(0, -goFiles.length);
  const names = command.words.slice(-goFiles.length).map((word) => basename(word));
  if (goFiles.length === 0 || names.some((name, index) => name !== goFiles[index]?.name))
    return 'it is compiled from other files than its own';
  const embedcfg = script.files.get(`${work}/embedcfg`)?.join('\n');
  const others = sources.filter(({ isGo }) => !isGo).map(({ name }) => name);
  if (others.some((name) => !embedded(embedcfg).has(name))) return 'it has files of other kinds';
  const problem = unfitFor({ ...command, words }, ['importcfg', 'embedcfg', '_pkg_.a']);
  if (problem !== undefined) return problem;
  if (importcfg.some((line) => line.includes('=$WORK'))) return 'it imports what no program is linked from';
  return { ...command, words, importcfg, ...(embedcfg === undefined ? {} : { embedcfg }) };
}

function withArchive(line: string, archives: ReadonlyMap<string, string>): string {
  const [, importPath = ''] = PACKAGE_FILE.exec(line) ?? [];
  const archive = archives.get(importPath);
  return archive === undefined ? line : `packagefile ${importPath}=${archive}`;
}

/** The names of the files that a package embeds. @param embedcfg as go writes it for the compiler. */
function embedded(embedcfg = '{}'): Set<string> {
  const { Files = {} } = JSON.parse(embedcfg) as { readonly Files?: Readonly<Record<string, string>> };
  return new Set(Object.keys(Files));
}

/**
 * Why a command cannot be run apart from go.
 *
 * @param files what it may read and write in its folder.
 */
export function unfitFor({ words, work }: ToolCommand, files: readonly string[]): string | undefined {
  const text = words.join('\n').replaceAll(`${work}=>`, '');
  const used = [...text.matchAll(/\$WORK[/\\]([^\s;]*)/g)].map(([, path = '']) => path.replaceAll('\\', '/'));
  const own = work.replaceAll('\\', '/').slice('$WORK/'.length);
  const foreign = used.find((path) => !files.some((file) => path === `${own}/${file}`));
  if (foreign !== undefined) return `its command needs $WORK/${foreign}`;
  // Go shows the directory that it runs in as a dot, wherever that stands after a blank.
  if (words.some((word) => /(^| )\./.test(word))) return 'its command has a relative path';
  return undefined;
}
