import { posix } from 'node:path';

import { parseModFile } from '../../src/go/modules/mod-file.js';
import type { Random } from '../../testing/random/random.js';
import type { MutableWorkspace } from '../workspace/mutable-workspace.js';
import { CHANGED, type Applied, type Kind } from './kind.js';
import { anyPackage, changeLine } from './places.js';

const REQUIRE = /^\t\S+ v\S+( \/\/ indirect)?$/;

/** Edits of go.mod and go.sum. */
export const MANIFESTS: readonly Kind[] = [
  edit('comment in go.mod', 2, (_, workspace, file) => workspace.append(file, `\n// ${workspace.fresh}\n`)),
  edit('blank line in go.mod', 0.5, (_, workspace, file) => workspace.append(file, '\n')),
  edit('go directive', 1.5, (random, workspace, file) => {
    // No later than the go that a workspace of today has; a toolchain that is not there would stop every task.
    const version = random.pick(['1.21', '1.22.0', '1.24.0', '1.24.1', '1.25.0']) ?? '';
    return changeLine(
      random,
      workspace,
      file,
      (line) => /^go \d/.test(line),
      () => `go ${version}`,
    );
  }),
  edit('toolchain directive', 0.5, (random, workspace, file) => {
    const hasToolchain = /^toolchain /m.test(workspace.read(file));
    if (hasToolchain)
      return changeLine(
        random,
        workspace,
        file,
        (line) => line.startsWith('toolchain '),
        () => '',
      );
    return workspace.append(file, '\ntoolchain go1.24.2\n');
  }),
  edit('godebug directive', 1, (random, workspace, file) => {
    const setting = random.pick(['panicnil=1', 'panicnil=0', 'asynctimerchan=1', 'default=go1.21']) ?? '';
    if (workspace.read(file).includes(`godebug ${setting.split('=')[0]}=`)) return false;
    return workspace.append(file, `\ngodebug ${setting}\n`);
  }),
  edit('require dropped', 1, (random, workspace, file) => {
    return changeLine(
      random,
      workspace,
      file,
      (line) => REQUIRE.test(line),
      () => '',
    );
  }),
  edit('indirect comment', 1, (random, workspace, file) => {
    const toggle = (line: string): string =>
      line.endsWith(' // indirect') ? line.slice(0, -' // indirect'.length) : `${line} // indirect`;
    return changeLine(random, workspace, file, (line) => REQUIRE.test(line), toggle);
  }),
  edit('exclude, retract, tool and ignore directives', 1, (random, workspace, file) => {
    const required = random.pick(requirements(workspace, file));
    const lines = [
      ...(required ? [`exclude ${required.path} v0.0.1`] : []),
      `retract v0.0.${workspace.step}`,
      `ignore ./${workspace.fresh}`,
    ];
    return workspace.append(file, `\n${random.pick(lines)}\n`);
  }),
  edit('module path', 0.7, (random, workspace, file) => {
    const dir = posix.dirname(file);
    const from = workspace.modules.find((module) => module.dir === dir)?.path;
    if (!from) return false;
    const to = `example.org/${workspace.fresh}`;
    const withImports = random.chance(0.5);
    changeLine(
      random,
      workspace,
      file,
      (line) => line.startsWith('module '),
      () => `module ${to}`,
    );
    if (withImports) renameImports(workspace, from, to);
    return true;
  }),
  edit('line that go.mod cannot have', 0.4, (_, workspace, file) => workspace.append(file, '\n<<<<<<< HEAD\n')),
  { ...edit('go.mod deleted', 0.2, (_, workspace, file) => workspace.remove(file)) },
  {
    name: 'module version changed',
    weight: 4,
    async apply(random, workspace) {
      const file = anyManifest(random, workspace);
      const required = file && random.pick(requirements(workspace, file));
      if (!file || !required) return undefined;
      return (await changeVersion(random, workspace, posix.dirname(file), required)) ? CHANGED : undefined;
    },
  },
  {
    name: 'sum dropped from go.sum',
    weight: 0.7,
    apply: (random, workspace) => changeSums(random, workspace, () => ''),
  },
  {
    name: 'sum in go.sum changed',
    weight: 0.3,
    apply: (random, workspace) => changeSums(random, workspace, (line) => line.replace(/h1:./, 'h1:0')),
  },
  {
    name: 'surplus line in go.sum',
    weight: 1,
    apply(random, workspace) {
      const file = random.pick(workspace.files.filter((path) => posix.basename(path) === 'go.sum'));
      if (!file) return undefined;
      const sum = 'h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=';
      workspace.append(file, `example.com/${workspace.fresh} v1.0.0/go.mod ${sum}\n`);
      return CHANGED;
    },
  },
  {
    name: 'module nested into a package',
    weight: 0.8,
    apply(random, workspace) {
      const pkg = anyPackage(random, workspace, ({ dir, module }) => dir !== module?.dir);
      if (!pkg) return undefined;
      const path = random.chance(0.5) ? pkg.importPath : `example.org/${workspace.fresh}`;
      workspace.write(posix.join(pkg.dir, 'go.mod'), `module ${path}\n\ngo 1.24.0\n`);
      return CHANGED;
    },
  },
  {
    name: 'module added',
    weight: 1,
    apply(_, workspace) {
      const dir = workspace.fresh;
      workspace.write(`${dir}/go.mod`, `module example.org/${dir}\n\ngo 1.24.0\n`);
      workspace.write(`${dir}/main.go`, 'package main\n\nfunc main() { println("added") }\n');
      return CHANGED;
    },
  },
];

function edit(
  name: string,
  weight: number,
  change: (random: Random, workspace: MutableWorkspace, file: string) => boolean | void,
): Kind {
  return {
    name,
    weight,
    apply(random, workspace) {
      const file = anyManifest(random, workspace);
      return file && change(random, workspace, file) !== false ? CHANGED : undefined;
    },
  };
}

function anyManifest(random: Random, workspace: MutableWorkspace): string | undefined {
  return random.pick(workspace.modules.map(({ dir }) => posix.join(dir, 'go.mod')));
}

interface Requirement {
  readonly path: string;
  readonly version: string;
}

function requirements(workspace: MutableWorkspace, file: string): Requirement[] {
  return parseModFile(workspace.read(file))
    .filter(({ verb, args }) => verb === 'require' && args.length >= 2)
    .map(({ args }) => ({ path: args[0] ?? '', version: args[1] ?? '' }));
}

/** Takes a module to the version before or after its own, with all that go changes along with it. */
async function changeVersion(
  random: Random,
  workspace: MutableWorkspace,
  dir: string,
  { path, version }: Requirement,
): Promise<boolean> {
  const listed = await workspace.go(dir, ['list', '-m', '-versions', '-f', '{{join .Versions " "}}', path]);
  const versions = listed.stdout.trim().split(/\s+/);
  const at = versions.indexOf(version);
  const wanted = random.chance(0.5) ? (versions[at + 1] ?? versions[at - 1]) : (versions[at - 1] ?? versions[at + 1]);
  if (listed.exitCode !== 0 || at < 0 || !wanted) return false;
  const files = ['go.mod', 'go.sum'].map((name) => posix.join(dir, name));
  const before = files.map((file) => (workspace.exists(file) ? workspace.read(file) : undefined));
  const got = await workspace.go(dir, ['get', `${path}@${wanted}`]);
  for (const [index, file] of files.entries()) {
    const old = before[index];
    if (got.exitCode !== 0 && old !== undefined) workspace.write(file, old);
    workspace.record(file);
  }
  return got.exitCode === 0;
}

function changeSums(
  random: Random,
  workspace: MutableWorkspace,
  change: (line: string) => string,
): Applied | undefined {
  const file = random.pick(workspace.files.filter((path) => posix.basename(path) === 'go.sum'));
  if (!file) return undefined;
  return changeLine(random, workspace, file, (line) => /^\S+ v\S+ h1:/.test(line), change) ? CHANGED : undefined;
}

function renameImports(workspace: MutableWorkspace, from: string, to: string): void {
  const imports = new RegExp(`"${from.replaceAll('.', '\\.')}(?=["/])`, 'g');
  for (const file of workspace.packages.flatMap(({ sources, tests }) => [...sources, ...tests])) {
    const text = workspace.read(file);
    const renamed = text.replace(imports, `"${to}`);
    if (renamed !== text) workspace.write(file, renamed);
  }
}
