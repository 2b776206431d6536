import { posix } from 'node:path';

import type { GeneratorCommand } from '../../go/generators/generate-lines.js';
import { isInWorkspace } from '../../paths.js';

/** What a package's commands run and read, as far as their words tell. */
export interface CommandReads {
  /** Directories of packages of the workspace, from its root. */
  readonly packages: ReadonlySet<string>;
  /** Files and directories, from the workspace's root. */
  readonly files: ReadonlySet<string>;
  /** What `nx-gopher/generate-state` is asked for: a package, a tool of go.mod, or a command on PATH. */
  readonly tools: ReadonlySet<string>;
  readonly variables: ReadonlySet<string>;
  /** Why no hash can cover them. */
  readonly uncacheable: ReadonlySet<string>;
}

/** What the words of commands are looked up in. */
export interface Surroundings {
  /** The directory of a package of the workspace. */
  packageDir(importPath: string): string | undefined;
  isPackageDir(dir: string): boolean;
  isFile(path: string): boolean;
  isDirectory(path: string): boolean;
  /** What a Go file imports that lies in no package, as that which `go run gen.go` runs. */
  importsOf(path: string): readonly string[];
  /** The packages of the `tool` lines. */
  readonly tools: readonly string[];
  /** Commands whose `--version` or digest says all, by what the user says. */
  readonly vouched: readonly string[];
}

/** What they run is in no word: another program, a script, a server. */
const RUNS_ANYTHING =
  /^(sh|bash|zsh|fish|cmd|powershell|pwsh|env|make|task|just|npx|npm|pnpm|yarn|bun|bunx|deno|node)$/;
const INTERPRETERS = /^(python[\d.]*|ruby|perl|php|java|docker|podman|buf|curl|wget|git|nix|bazel|xargs|find|sudo)$/;
const FLAGS_WITH_VALUE = /^--?(C|exec|tags|ldflags|gcflags|asmflags|p|o|mod|modfile|overlay|pkgdir|toolexec)$/;
const PROTOC_OWN = /^(cpp|csharp|java|js|kotlin|objc|php|pyi|python|ruby|rust)$/;

/** Reads the commands of the package in `dir`. */
export function commandReads(
  commands: readonly GeneratorCommand[],
  dir: string,
  surroundings: Surroundings,
): CommandReads {
  const reader = new CommandReader(dir, surroundings);
  for (const command of commands) reader.read(command);
  return reader;
}

class CommandReader implements CommandReads {
  readonly packages = new Set<string>();
  readonly files = new Set<string>();
  readonly tools = new Set<string>();
  readonly variables = new Set<string>();
  readonly uncacheable = new Set<string>();

  constructor(
    private readonly dir: string,
    private readonly around: Surroundings,
  ) {
    for (const name of around.vouched) {
      if (this.toolPackage(name) === undefined) this.tools.add(`path ${name}`);
      else this.tool(name);
    }
  }

  read({ words, variables }: GeneratorCommand): void {
    for (const name of variables) this.variables.add(name);
    const [command = '', ...rest] = words;
    if (command === 'go') this.go(rest);
    else this.program(command, rest);
    for (const word of rest) for (const part of parts(word)) this.word(part);
  }

  private go([verb, ...rest]: readonly string[]): void {
    if (verb !== 'run' && verb !== 'tool') return;
    const place = rest.findIndex((word, index) => !word.startsWith('-') && !isValue(rest, index));
    const name = rest[place];
    if (name === undefined) return;
    if (verb === 'tool') this.tool(name);
    else this.run(name);
  }

  private run(name: string): void {
    const [path = '', version] = name.split('@');
    this.refuseOpen(commandName(path));
    const dir = this.around.packageDir(path);
    if (version !== undefined) {
      if (!/^v\d+\.\d+\.\d+/.test(version))
        this.uncacheable.add(`${name} is another version each time that one is published: name a version, as @v1.2.3`);
    } else if (path.endsWith('.go')) this.goFile(posix.join(this.dir, path));
    else if (dir !== undefined) this.packages.add(dir);
    else if (!/^\.{1,2}(\/|$)/.test(path)) this.tools.add(`package ${path}`);
  }

  private goFile(path: string): void {
    for (const imported of this.around.importsOf(path)) {
      const dir = this.around.packageDir(imported);
      if (dir !== undefined) this.packages.add(dir);
      // The first element of a standard import path has no dot.
      else if (imported.split('/')[0]?.includes('.')) this.tools.add(`package ${imported}`);
    }
  }

  private tool(name: string): void {
    const path = this.toolPackage(name);
    this.refuseOpen(commandName(name));
    const dir = path && this.around.packageDir(path);
    if (dir) this.packages.add(dir);
    else this.tools.add(`tool ${name}`);
  }

  private program(command: string, rest: readonly string[]): void {
    if (posix.isAbsolute(command) || /^[A-Za-z]:/.test(command)) {
      this.uncacheable.add(`${command} lies outside the workspace`);
      return;
    }
    if (command.includes('/')) {
      this.files.add(posix.join(this.dir, command));
      return;
    }
    this.tools.add(`path ${command}`);
    this.refuseOpen(command);
    if (command !== 'protoc') return;
    for (const [, plugin = ''] of rest.flatMap((word) => [...word.matchAll(/^--([\w-]+?)_out\b/g)]))
      if (!PROTOC_OWN.test(plugin)) this.tools.add(`path protoc-gen-${plugin.replaceAll('_', '-')}`);
  }

  private toolPackage(name: string): string | undefined {
    return this.around.tools.find((tool) => tool === name || commandName(tool) === name);
  }

  private refuseOpen(command: string): void {
    const isOpen = RUNS_ANYTHING.test(command) || INTERPRETERS.test(command);
    if (!isOpen || this.around.vouched.length > 0) return;
    this.uncacheable.add(
      `${command} can run programs that no input names: name them in the option "tools" of the target, as ` +
        `${JSON.stringify([command])}`,
    );
  }

  /** A word can name a package or a file, be it the value of a flag or one of several. */
  private word(word: string): void {
    const dir = this.around.packageDir(word);
    if (dir !== undefined) this.packages.add(dir);
    if (word === '' || word === '.' || posix.isAbsolute(word)) return;
    const path = posix.join(this.dir, word).replace(/\/$/, '');
    if (path === this.dir || !isInWorkspace(path)) return;
    if (this.around.isPackageDir(path)) this.packages.add(path);
    if (this.around.isFile(path)) this.files.add(path);
    else if (this.around.isDirectory(path)) this.files.add(path === '.' ? '**/*' : `${path}/**/*`);
  }
}

function isValue(words: readonly string[], index: number): boolean {
  return FLAGS_WITH_VALUE.test(words[index - 1] ?? '');
}

/** A word, what stands after its equals sign, and the elements of lists. */
function parts(word: string): string[] {
  const value = word.includes('=') ? word.slice(word.indexOf('=') + 1) : word;
  return [...new Set([word, value, ...value.split(','), ...value.split(':')])];
}

/** As go names the command of a package: the last element of its path that is no version. */
function commandName(importPath: string): string {
  const elements = importPath.split('/');
  const last = elements.pop() ?? '';
  return /^v\d+$/.test(last) ? (elements.pop() ?? last) : last;
}
