import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import { mustRun, run } from './command.js';
import { environment } from './environment.js';
import { temporaryFolder } from './temporary-folder.js';

/**
 * Settings under which the go command is another toolchain: a copy of the one in use whose version, in every program
 * of it, ends in another digit. Its compiler, linker and standard library have an identity of their own.
 */
export async function anotherToolchain(): Promise<{ PATH: string }> {
  const { stdout } = await mustRun('go', ['env', 'GOROOT', 'GOVERSION'], temporaryFolder(), environment());
  const [goroot = '', version = ''] = stdout.trim().split('\n');
  const other = version.replace(/\d$/, (digit) => (digit === '9' ? '8' : String(Number(digit) + 1)));
  if (other === version) throw new Error(`cannot make another version of ${version}`);
  const copy = join(temporaryFolder('toolchains'), other);
  if (!existsSync(copy)) await copyToolchain(goroot, copy, version, other);
  return { PATH: `${join(copy, 'bin')}${delimiter}${process.env['PATH']}` };
}

async function copyToolchain(from: string, to: string, version: string, other: string): Promise<void> {
  const unfinished = `${to}.${process.pid}`;
  const linked = await run('cp', ['-al', from, unfinished], temporaryFolder(), environment());
  if (linked.exitCode !== 0) {
    // Another file system: hard links end there.
    rmSync(unfinished, { recursive: true, force: true });
    await mustRun('cp', ['-a', from, unfinished], temporaryFolder(), environment());
  }
  for (const folder of [unfinished, join(unfinished, 'bin'), ...toolFolders(unfinished)]) {
    for (const name of readdirSync(folder)) patchVersion(join(folder, name), version, other);
  }
  renameSync(unfinished, to);
}

function toolFolders(goroot: string): string[] {
  const tools = join(goroot, 'pkg', 'tool');
  return readdirSync(tools).map((name) => join(tools, name));
}

/** Replaces a file that holds the version by a copy that holds the other one, which is as long. */
function patchVersion(file: string, version: string, other: string): void {
  if (!statSync(file).isFile()) return;
  const content = readFileSync(file);
  const first = content.indexOf(version);
  if (first < 0) return;
  for (let at = first; at >= 0; at = content.indexOf(version, at + 1)) content.write(other, at, 'latin1');
  const { mode } = statSync(file);
  rmSync(file);
  writeFileSync(file, content, { mode });
}
