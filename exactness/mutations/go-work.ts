import { posix } from 'node:path';

import { parseModFile } from '../../src/go/modules/mod-file.js';
import type { Random } from '../../testing/random/random.js';
import type { MutableWorkspace } from '../workspace/mutable-workspace.js';
import { CHANGED, type Kind } from './kind.js';
import { changeLine } from './places.js';

/** go.work, and `replace` there and in go.mod. */
export const GO_WORK: readonly Kind[] = [
  edit('comment in go.work', 1, (_, workspace, file) => workspace.append(file, `\n// ${workspace.fresh}\n`)),
  edit('go directive of go.work', 0.5, (random, workspace, file) => {
    const version = random.pick(['1.24.0', '1.25.0', '1.26.0']) ?? '';
    return changeLine(
      random,
      workspace,
      file,
      (line) => /^go \d/.test(line),
      () => `go ${version}`,
    );
  }),
  edit('godebug directive of go.work', 0.5, (_, workspace, file) => {
    if (workspace.read(file).includes('godebug ')) return false;
    return workspace.append(file, '\ngodebug panicnil=1\n');
  }),
  edit('module taken out of go.work', 1, (random, workspace, file) => {
    return changeLine(
      random,
      workspace,
      file,
      (line) => /^(\t|use )\.\/?\S*$/.test(line),
      () => '',
    );
  }),
  edit('module taken into go.work', 1, (random, workspace, file) => {
    const dir = posix.dirname(file);
    const used = parseModFile(workspace.read(file)).map(({ args }) => posix.join(dir, args[0] ?? ''));
    const unused = random.pick(workspace.modules.filter((module) => !used.includes(module.dir)));
    return unused ? workspace.append(file, `\nuse ./${posix.relative(dir, unused.dir)}\n`) : false;
  }),
  edit('directory that is not there in go.work', 0.2, (_, workspace, file) => {
    return workspace.append(file, `\nuse ./${workspace.fresh}\n`);
  }),
  edit('line that go.work cannot have', 0.2, (_, workspace, file) => workspace.append(file, '\n=======\n')),
  edit('go.work deleted', 0.4, (_, workspace, file) => workspace.remove(file)),
  {
    name: 'go.work added',
    weight: 0.7,
    apply(random, workspace) {
      const modules = workspace.modules.filter(() => random.chance(0.8));
      if (workspace.exists('go.work') || modules.length === 0) return undefined;
      const uses = modules.map(({ dir }) => `use ${dir === '.' ? '.' : `./${dir}`}\n`).join('');
      workspace.write('go.work', `go 1.26.0\n\n${uses}`);
      return CHANGED;
    },
  },
  {
    name: 'surplus line in go.work.sum',
    weight: 0.5,
    apply(_, workspace) {
      if (!workspace.exists('go.work')) return undefined;
      const sum = 'h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=';
      workspace.append('go.work.sum', `example.com/${workspace.fresh} v1.0.0/go.mod ${sum}\n`);
      return CHANGED;
    },
  },
  {
    name: 'external module replaced by a directory',
    weight: 1.5,
    apply: (random, workspace) => replaceByCopy(random, workspace),
  },
  {
    name: 'replace dropped',
    weight: 0.7,
    apply(random, workspace) {
      const manifests = workspace.files.filter((file) => /(^|\/)go\.(mod|work)$/.test(file));
      const file = random.pick(manifests.filter((path) => /^(\t|replace ).* => /m.test(workspace.read(path))));
      if (!file) return undefined;
      return changeLine(
        random,
        workspace,
        file,
        (line) => /^(\t|replace ).* => /.test(line),
        () => '',
      )
        ? CHANGED
        : undefined;
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
      const file = random.pick(workspace.files.filter((path) => posix.basename(path) === 'go.work'));
      return file && change(random, workspace, file) !== false ? CHANGED : undefined;
    },
  };
}

/** Copies of larger modules would make most of the workspace. */
const LARGEST_COPY = 60;

/** Copies an external module that code of the workspace imports into the workspace, and replaces it by the copy. */
async function replaceByCopy(random: Random, workspace: MutableWorkspace): Promise<typeof CHANGED | undefined> {
  const module = random.pick(workspace.modules);
  if (!module) return undefined;
  const manifest = posix.join(module.dir, 'go.mod');
  const required = parseModFile(workspace.read(manifest)).filter(({ verb }) => verb === 'require');
  const [path, version] = random.pick(required)?.args ?? [];
  if (!path || !version || workspace.read(manifest).includes(`${path} =>`)) return undefined;
  const downloaded = await workspace.go(module.dir, ['mod', 'download', '-json', `${path}@${version}`]);
  if (downloaded.exitCode !== 0) return undefined;
  const { Dir: source } = JSON.parse(downloaded.stdout) as { Dir: string };
  const copied = workspace.copyIn(source, `${workspace.fresh}/replaced`, LARGEST_COPY);
  if (!copied) return undefined;
  const copy = `${workspace.fresh}/replaced`;
  if (!workspace.exists(`${copy}/go.mod`)) workspace.write(`${copy}/go.mod`, `module ${path}\n`);
  const target = posix.relative(module.dir, copy);
  workspace.append(manifest, `\nreplace ${path} => ${target.startsWith('.') ? target : `./${target}`}\n`);
  return CHANGED;
}
