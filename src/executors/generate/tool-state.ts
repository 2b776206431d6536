import { createHash, randomUUID } from 'node:crypto';
import { resolve } from 'node:path';

import { readRegularFile } from '../../files.js';
import { onPath } from '../../go/process/on-path.js';
import { runGo, type GoRunOptions } from '../../go/process/command.js';
import { moduleContext } from '../../workspace/modules/module-context.js';

const GO = { path: 'go', version: '' };

/** The modules that a package is made of, apart from the workspace's own. */
const MODULES =
  '{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}}{{with .Replace}} => {{.Path}} {{.Version}}{{end}}{{end}}{{end}}';

/**
 * Prints the versions of the tools that generators and linters run, for Nx to hash: the modules of a package or of a
 * tool of go.mod, what a program on PATH was built of, the digest of another one. What cannot be found out is another
 * thing each time, so that no answer from the cache stands in for it.
 */
async function main(): Promise<void> {
  const [dir = '.', ...tools] = process.argv.slice(1);
  const root = process.cwd();
  const { moduleDir, env } = moduleContext(root, resolve(root, dir));
  const lines = await Promise.all(
    tools.map(async (tool) => `${tool}: ${await stateOf(tool, { cwd: moduleDir, env })}`),
  );
  process.stdout.write(`${lines.join('\n')}\n`);
}

async function stateOf(tool: string, where: GoRunOptions): Promise<string> {
  const [kind = '', name = ''] = tool.split(/ (.*)/s);
  try {
    if (kind === 'path') return pathState(name);
    if (kind === 'built') return await builtState(name);
    return await modulesOf(kind === 'tool' ? await toolPackage(name, where) : name, where);
  } catch {
    return `unknown ${randomUUID()}`;
  }
}

function pathState(name: string): string {
  const path = onPath(name);
  if (path === undefined) throw new Error(`${name} is not on PATH`);
  const content = readRegularFile(path);
  // What a script runs stands elsewhere.
  if (content.subarray(0, 2).toString('latin1') === '#!') throw new Error(`${name} is a script`);
  return createHash('sha256').update(content).digest('hex');
}

/** What a program on PATH was built of, as go wrote it down: to read all of it takes longer. */
async function builtState(name: string): Promise<string> {
  const path = onPath(name);
  if (path === undefined) throw new Error(`${name} is not on PATH`);
  const { stdout, exitCode } = await runGo(GO, ['version', '-m', path], { cwd: process.cwd() });
  const modules = stdout.slice(stdout.indexOf('\n'));
  // What was built in a directory is in no version.
  const isOpen = exitCode !== 0 || !modules.includes('\tmod\t') || /\(devel\)|vcs\.modified=true/.test(modules);
  return isOpen ? pathState(name) : createHash('sha256').update(stdout.replace(path, '')).digest('hex');
}

/** The package of a tool that go.mod names; empty for one of the toolchain, whose version is hashed anyway. */
async function toolPackage(name: string, where: GoRunOptions): Promise<string> {
  const { stdout } = await runGo(GO, ['list', '-f', '{{.ImportPath}}', 'tool'], where);
  const found = stdout.split('\n').find((path) => path === name || new RegExp(`/${name}(/v\\d+)?$`).test(path));
  if (found !== undefined) return found;
  const own = await runGo(GO, ['tool'], where);
  if (own.stdout.split('\n').some((path) => path.trim() === name)) return '';
  throw new Error(`go has no tool ${name}`);
}

async function modulesOf(importPath: string, where: GoRunOptions): Promise<string> {
  if (importPath === '') return 'of the toolchain';
  const { stdout, exitCode } = await runGo(GO, ['list', '-deps', '-f', MODULES, importPath], where);
  if (exitCode !== 0) throw new Error(`${importPath} cannot be listed`);
  const modules = [...new Set(stdout.split('\n').filter((line) => line.trim() !== ''))].sort();
  // A directory stands for the module: its code is in no version.
  if (modules.some((line) => / => (\.|\/|[A-Za-z]:)/.test(line))) throw new Error(`${importPath} lies in a directory`);
  return modules.join(', ');
}

await main();
