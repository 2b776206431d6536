import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, posix } from 'node:path';

import { Random } from '../random/random.js';

/** The module path of the workspaces that are edited. */
const MODULE = 'example.com/edited';

/** A file of a package: what it imports, and lines that stand before or after its import declarations. */
interface Source {
  readonly name: string;
  readonly imports: readonly string[];
  readonly before?: string;
  readonly after?: string;
}

/** Makes a small module and edits it at random; what it does is the same for the same seed. */
export class RandomEdits {
  private readonly random: Random;
  private made = 0;
  private remembered: ReadonlyMap<string, string> = new Map();

  constructor(
    private readonly root: string,
    seed: number,
  ) {
    this.random = new Random(seed);
    this.write('go.mod', `module ${MODULE}\n\ngo 1.24\n`);
    for (let number = 0; number < 12; number++) {
      const imports = this.random.some(2, 0, number).map((other) => `${MODULE}/p${other}`);
      this.writeSource(`p${number}`, `p${number}`, { name: 'a.go', imports });
    }
    this.made = 12;
    this.remember();
  }

  /** Keeps the files as they are, for an edit to take back those that follow. */
  remember(): void {
    this.remembered = new Map(this.files().map((file) => [file, readFileSync(join(this.root, file), 'utf8')]));
  }

  /** Changes something, or takes back what was changed since {@link remember}, and says what. */
  step(isBroken: boolean): string {
    if (isBroken && this.random.below(3) > 0) {
      this.takeBack();
      return 'takeBack';
    }
    const edit = this.random.of([
      ...[this.editBody, this.addImport, this.addImport, this.addImport, this.removeImport, this.removeImport],
      ...[this.addTest, this.addTest, this.addFile, this.addFile, this.removeFile, this.addPackage, this.addPackage],
      ...[this.removePackage, this.renamePackage, this.embed, this.removeEmbedded, this.editManifest, this.nest],
      this.addOtherLanguage,
    ]);
    return `${edit.name} ${edit.call(this) ?? ''}`;
  }

  /** Every file of the module, from the root. */
  files(): string[] {
    return readdirSync(this.root, { recursive: true, encoding: 'utf8' })
      .map((file) => file.replaceAll('\\', '/'))
      .filter((file) => !file.startsWith('.nx') && statSync(join(this.root, file)).isFile());
  }

  private editBody(): string {
    const file = this.random.of(this.sources());
    appendFileSync(join(this.root, file), `\nfunc edited${++this.made}() int { return ${this.made} }\n`);
    return file;
  }

  private addImport(): string {
    const file = this.random.of(this.sources());
    const path = this.importable();
    return this.edit(file, (text) => text.replace(/^(package \S+)$/m, `$1\n\nimport _ "${path}"`)) + ` ${path}`;
  }

  private removeImport(): string {
    const file = this.random.of(this.sources());
    return this.edit(file, (text) => text.replace(/^import .*\n/m, ''));
  }

  private takeBack(): void {
    for (const file of this.files()) if (!this.remembered.has(file)) rmSync(join(this.root, file));
    for (const [file, text] of this.remembered) {
      const path = join(this.root, file);
      if (!existsSync(path) || readFileSync(path, 'utf8') !== text) this.write(file, text);
    }
  }

  private addTest(): string {
    const dir = this.random.of(this.packages());
    const external = this.random.below(2) === 0 ? '_test' : '';
    const name = `${this.nameOf(dir)}${external}`;
    return this.writeSource(dir, name, { name: `t${++this.made}_test.go`, imports: [this.importable()] });
  }

  private addFile(): string {
    const dir = this.random.of(this.packages());
    const name = this.random.of(['x', 'x_windows', 'x_linux', 'x_test']) + String(++this.made);
    const file = name.replace(/(_[a-z]+)(\d+)$/, '$2$1');
    const before = this.random.of([
      '',
      '',
      '//go:build ignore\n\n',
      '//go:build !windows\n\n',
      '//go:debug panicnil=1\n',
    ]);
    return this.writeSource(dir, this.nameOf(dir), { name: `${file}.go`, imports: [this.importable()], before });
  }

  private addOtherLanguage(): string {
    const file = posix.join(this.random.of(this.packages()), this.random.of(['a.s', 'b.h', 'c.c']));
    this.write(file, `// ${++this.made}\n`);
    return file;
  }

  private removeFile(): string {
    const file = this.random.of(this.files().filter((name) => /\.(go|s|h|c)$/.test(name)));
    rmSync(join(this.root, file));
    return file;
  }

  private addPackage(): string {
    const number = ++this.made;
    const parent = this.random.of(['', '', '', 'internal/', ...this.packages().map((dir) => `${dir}/`)]);
    const dir = `${parent}${this.random.of(['p', 'p', 'p', 'P'])}${this.random.below(6) === 0 ? number - 1 : number}`;
    const name = this.random.below(4) === 0 ? 'main' : `p${number}`;
    const imports = Array.from({ length: this.random.below(3) }, () => this.importable());
    return this.writeSource(dir, name, { name: 'a.go', imports, after: 'func main() {}\n' });
  }

  private removePackage(): string {
    const dir = this.random.of(this.packages());
    for (const name of readdirSync(join(this.root, dir))) if (name.endsWith('.go')) rmSync(join(this.root, dir, name));
    return dir;
  }

  private renamePackage(): string {
    const dir = this.random.of(this.packages());
    const name = this.random.of(['main', `q${++this.made}`]);
    for (const file of this.sources().filter((source) => posix.dirname(source) === dir)) {
      this.edit(file, (text) => text.replace(/^package \w+?(_test)?$/m, `package ${name}$1`));
    }
    return dir;
  }

  private embed(): string {
    const dir = this.random.of(this.packages());
    this.write(posix.join(dir, `data/${++this.made}.txt`), 'embedded\n');
    const pattern = this.random.of(['data', 'data/*.txt', `data/${this.made}.txt`, 'nothing']);
    const test = this.random.below(3) === 0 ? '_test' : '';
    const after = `//go:embed ${pattern}\nvar files embed.FS\n`;
    return this.writeSource(dir, this.nameOf(dir), { name: `e${this.made}${test}.go`, imports: ['embed'], after });
  }

  private removeEmbedded(): string | undefined {
    const embedded = this.files().filter((file) => file.endsWith('.txt'));
    if (embedded.length === 0) return undefined;
    const file = this.random.of(embedded);
    rmSync(join(this.root, file));
    return file;
  }

  private editManifest(): string {
    return this.edit('go.mod', (text) =>
      this.random.below(2) === 0
        ? text.replace(/^go 1\.(\d+)$/m, () => `go 1.${24 + this.random.below(3)}`)
        : text.includes('godebug')
          ? text.replace(/\ngodebug .*\n/, '')
          : `${text}\ngodebug panicnil=1\n`,
    );
  }

  /** Makes a directory a module of its own, or takes it back. */
  private nest(): string {
    const file = posix.join(this.random.of(this.packages()), 'go.mod');
    if (existsSync(join(this.root, file))) rmSync(join(this.root, file));
    else this.write(file, `module ${MODULE}/${posix.dirname(file)}\n\ngo 1.24\n`);
    return file;
  }

  private importable(): string {
    const standard = [
      'fmt',
      'net',
      'os/user',
      'C',
      'example.org/unknown',
      `${MODULE}/p${this.random.below(this.made + 3)}`,
    ];
    const local = this.packages().map((dir) => `${MODULE}/${dir}`);
    return this.random.of(this.random.below(5) === 0 || local.length === 0 ? standard : local);
  }

  private writeSource(dir: string, name: string, { name: file, imports, before = '', after = '' }: Source): string {
    const path = posix.join(dir, file);
    const lines = imports.filter((one) => one !== `${MODULE}/${dir}`).map((one) => `import _ "${one}"\n`);
    this.write(path, `${before}package ${name}\n\n${lines.join('')}\n${after}`);
    return path;
  }

  private nameOf(dir: string): string {
    const [first] = this.sources().filter((file) => posix.dirname(file) === dir && !file.endsWith('_test.go'));
    return (first && /^package (\w+)$/m.exec(readFileSync(join(this.root, first), 'utf8'))?.[1]) || 'p';
  }

  private sources(): string[] {
    return this.files().filter((file) => file.endsWith('.go'));
  }

  private packages(): string[] {
    return [...new Set(this.sources().map((file) => posix.dirname(file)))];
  }

  private edit(file: string, change: (text: string) => string): string {
    writeFileSync(join(this.root, file), change(readFileSync(join(this.root, file), 'utf8')));
    return file;
  }

  private write(file: string, text: string): void {
    mkdirSync(dirname(join(this.root, file)), { recursive: true });
    writeFileSync(join(this.root, file), text);
  }
}
