import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';

import { execa } from 'execa';

/** What `go list` tells of a package. */
interface Listed {
  readonly ImportPath: string;
  readonly Dir?: string;
  readonly Name?: string;
  readonly Standard?: boolean;
  readonly ForTest?: string;
  readonly Module?: {
    readonly Path: string;
    readonly Version?: string;
    readonly Main?: boolean;
    readonly Dir?: string;
    readonly GoVersion?: string;
    readonly Replace?: { readonly Path: string; readonly Version?: string };
  };
  readonly Deps?: readonly string[];
  readonly [files: string]: unknown;
}

/** A task's digests, by `build <dir>` or `test <dir>`. */
export type Digests = ReadonlyMap<string, { readonly digest: string; readonly moduleDigest: string }>;

const COMPILED = ['Go', 'Cgo', 'C', 'CXX', 'M', 'H', 'F', 'S', 'Swig', 'SwigCXX', 'Syso', 'IgnoredGo', 'IgnoredOther'];
const FIELDS = [
  'Dir,ImportPath,Name,Standard,ForTest,Module,Deps,EmbedFiles,TestEmbedFiles,XTestEmbedFiles,InvalidGoFiles',
  'TestGoFiles,XTestGoFiles',
  ...COMPILED.map((kind) => `${kind}Files`),
].join(',');
const KINDS = /\.(go|c|cc|cpp|cxx|f|F|for|f90|h|hh|hpp|hxx|m|s|S|sx|swig|swigcxx|syso)$/;
const MANIFESTS =
  /^(go\.(mod|sum|work|work\.sum)|(nx|project|package|package-lock|tsconfig.*)\.json|yarn\.lock|pnpm-(lock|workspace)\.yaml|bun\.lockb?)$/;
/** The names of files that are compiled on Linux on amd64, by go's documented rule. */
const SYSTEMS =
  'aix|android|darwin|dragonfly|freebsd|hurd|illumos|ios|js|linux|nacl|netbsd|openbsd|plan9|solaris|wasip1|windows|zos';
const ARCHITECTURES =
  '386|amd64|amd64p32|arm|armbe|arm64|arm64be|loong64|mips|mipsle|mips64|mips64le|mips64p32|mips64p32le|ppc|ppc64|ppc64le|riscv|riscv64|s390|s390x|sparc|sparc64|wasm';

function isForeign(name: string): boolean {
  const stem = (name.split('.')[0] ?? '').replace(/_test$/, '');
  const [, system, architecture] =
    new RegExp(`_(?:(${SYSTEMS})_)?(${ARCHITECTURES})$`).exec(stem) ?? new RegExp(`_(${SYSTEMS})$`).exec(stem) ?? [];
  return (system !== undefined && system !== 'linux') || (architecture !== undefined && architecture !== 'amd64');
}

/**
 * What the tasks of a checked out commit read, as the go command lists it: nothing of the plugin has a part in it.
 *
 * @returns undefined where go lists nothing of a module: old commits need modules that are no longer served.
 */
export async function listedCommit(root: string, env: Readonly<Record<string, string>>): Promise<Digests | undefined> {
  const files = (await execa('git', ['ls-files', '-z'], { cwd: root })).stdout.split('\0').filter(Boolean);
  const isHidden = (file: string): boolean =>
    dirname(file)
      .split('/')
      .some((name) => /^(vendor|testdata|node_modules|_.*|\..+)$/.test(name));
  const modules = files.filter((file) => basename(file) === 'go.mod' && !isHidden(file)).map((file) => dirname(file));
  const workFile = existsSync(join(root, 'go.work')) ? readFileSync(join(root, 'go.work'), 'utf8') : '';
  const used = new Set(
    workFile
      ? (JSON.parse((await execa('go', ['work', 'edit', '-json'], { cwd: root, env })).stdout) as Work).Use.map(
          ({ DiskPath }) => relative(root, join(root, DiskPath)) || '.',
        )
      : [],
  );
  const together = modules.filter((dir) => used.has(dir));
  const alone = modules.filter((dir) => !used.has(dir));
  const lists = [
    ...(together.length
      ? [
          await list(
            root,
            together.map((dir) => `./${dir}/...`),
            env,
          ),
        ]
      : []),
    ...(await Promise.all(alone.map((dir) => list(join(root, dir), ['./...'], { ...env, GOWORK: 'off' })))),
  ];
  if (lists.some((listed) => listed.length === 0)) return undefined;
  const settings = (text: string): string => (text.match(/^(go|godebug) .*$/gm) ?? []).join('\n');
  const digests = new Map<string, { digest: string; moduleDigest: string }>();
  for (const listed of lists) {
    const isWork = together.length > 0 && listed === lists[0];
    const one = new ListedCommit(root, files, modules, listed, isWork ? settings(workFile) : '');
    for (const [task, digest] of one.digests()) digests.set(task, digest);
  }
  return digests;
}

interface Work {
  readonly Use: readonly { readonly DiskPath: string }[];
}

async function list(cwd: string, patterns: readonly string[], env: Readonly<Record<string, string>>) {
  const args = ['list', '-e', '-deps', '-test', '-pgo=off', `-json=${FIELDS}`, ...patterns];
  const { stdout } = await execa('go', args, { cwd, env, reject: false, maxBuffer: 2 ** 30 });
  return JSON.parse(`[${stdout.replaceAll('\n}\n{', '\n},\n{')}]`) as Listed[];
}

class ListedCommit {
  private readonly byPath: ReadonlyMap<string, Listed>;
  private readonly contents = new Map<string, string>();
  private readonly fingerprints = new Map<string, string>();

  constructor(
    private readonly root: string,
    private readonly tracked: readonly string[],
    private readonly modules: readonly string[],
    listed: readonly Listed[],
    private readonly workSettings: string,
  ) {
    this.byPath = new Map(listed.filter(({ ForTest }) => !ForTest).map((pkg) => [pkg.ImportPath, pkg]));
  }

  digests(): Digests {
    const found = new Map<string, { digest: string; moduleDigest: string }>();
    const common = ['nx.json', '.gitignore', '.nxignore'].map((file) => this.content(join(this.root, file)));
    for (const pkg of this.byPath.values()) {
      const { Dir, Module } = pkg;
      if (!Dir || !Module?.Main || pkg.ImportPath.endsWith('.test')) continue;
      const dir = relative(this.root, Dir) || '.';
      const moduleDigest = digest([...common, ...this.moduleFiles(Module.Path)]);
      const tests = [...names(pkg, 'TestGo'), ...names(pkg, 'XTestGo')];
      const isMain = pkg.Name === 'main' && [...names(pkg, 'Go'), ...names(pkg, 'Cgo')].length > 0;
      if (isMain) {
        const lines = [...common, this.content(join(Dir, 'default.pgo')), ...this.held([pkg.ImportPath])];
        found.set(`build ${dir}`, { digest: digest(lines), moduleDigest });
      }
      if (tests.length > 0) {
        const goMod = this.content(join(Module.Dir ?? '', 'go.mod'), /^(go|godebug) .*$/gm);
        const lines = [...common, goMod, ...this.testFiles(pkg), ...this.held([`${pkg.ImportPath}.test`])];
        found.set(`test ${dir}`, { digest: digest(lines), moduleDigest });
      }
    }
    return found;
  }

  private held(paths: readonly string[]): string[] {
    const reached = paths.flatMap((path) => [path, ...(this.byPath.get(path)?.Deps ?? [])]);
    const plain = new Set(reached.map((path) => path.replace(/ \[.*$/, '').replace(/_test$/, (end) => end)));
    return [...new Set([...plain].flatMap((path) => this.fingerprint(path)))].sort();
  }

  private fingerprint(path: string): string | [] {
    const pkg = this.byPath.get(path);
    if (!pkg || pkg.Standard || path.endsWith('.test')) return [];
    const known = this.fingerprints.get(path);
    if (known !== undefined) return known;
    const { Module, Dir } = pkg;
    const replaced = Module?.Replace ? ` => ${Module.Replace.Path}@${Module.Replace.Version ?? ''}` : '';
    const isExternal = Module && !Module.Main && Boolean(Module.Replace ? Module.Replace.Version : Module.Version);
    let text = `missing ${path}`;
    if (isExternal) text = `${Module.Path}@${Module.Version}${replaced}`;
    else if (Dir) {
      const compiled = [...COMPILED.flatMap((kind) => names(pkg, kind)), ...names(pkg, 'InvalidGo')];
      const own = compiled.filter((name) => !name.endsWith('_test.go') && !isForeign(name) && !/^[._]/.test(name));
      const files = [...own, ...names(pkg, 'Embed'), 'project.json'].map(
        (name) => `${name} ${this.content(join(Dir, name))}`,
      );
      text = [path, Module?.GoVersion, this.workSettings, ...files.sort()].join('\n');
    }
    this.fingerprints.set(path, text);
    return text;
  }

  private testFiles(pkg: Listed): string[] {
    const dir = pkg.Dir as string;
    const inDir = relative(this.root, dir);
    const prefix = inDir ? `${inDir}/` : '';
    const beside = this.tracked.filter((file) => {
      if (!file.startsWith(prefix)) return false;
      const name = file.slice(prefix.length);
      if (name.startsWith('testdata/')) return true;
      if (name.includes('/') || MANIFESTS.test(name)) return false;
      return !KINDS.test(name) || !(/^[._]/.test(name) || isForeign(name));
    });
    const embedded = [...names(pkg, 'TestEmbed'), ...names(pkg, 'XTestEmbed')].map((name) => `${prefix}${name}`);
    return [...beside, ...embedded].map((file) => `${file} ${this.content(join(this.root, file))}`).sort();
  }

  private moduleFiles(path: string): string[] {
    const own = [...this.byPath.values()].filter(({ Module }) => Module?.Main && Module.Path === path);
    const deps = own.flatMap(({ ImportPath, Deps = [] }) => [
      ImportPath,
      ...Deps,
      ...(this.byPath.get(`${ImportPath}.test`)?.Deps ?? []),
    ]);
    const reached = new Set(deps.map((dep) => dep.replace(/ \[.*$/, '')));
    const dirs = new Set<string>();
    for (const dep of reached) {
      const { Module } = this.byPath.get(dep) ?? {};
      if (Module?.Main && Module.Dir) dirs.add(relative(this.root, Module.Dir) || '.');
    }
    const ownerOf = (file: string): string | undefined =>
      this.modules.filter((dir) => dir === '.' || file.startsWith(`${dir}/`)).sort((a, b) => b.length - a.length)[0];
    return this.tracked
      .filter((file) => dirs.has(ownerOf(file) ?? ''))
      .map((file) => `${file} ${this.content(join(this.root, file))}`);
  }

  private content(path: string, part?: RegExp): string {
    let known = part ? undefined : this.contents.get(path);
    if (known === undefined) {
      const bytes = existsSync(path) && statSync(path).isFile() ? readFileSync(path) : Buffer.alloc(0);
      if (part) return (bytes.toString().match(part) ?? []).join('\n');
      this.contents.set(path, (known = createHash('sha1').update(bytes).digest('hex')));
    }
    return known;
  }
}

function names(pkg: Listed, kind: string): string[] {
  return (pkg[kind.endsWith('Files') ? kind : `${kind}Files`] as string[] | undefined) ?? [];
}

function digest(lines: readonly string[]): string {
  return createHash('sha1').update(lines.join('\0')).digest('hex');
}
