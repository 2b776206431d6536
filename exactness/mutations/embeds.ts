import { posix } from 'node:path';

import fastGlob from 'fast-glob';

import type { Random } from '../../testing/random/random.js';
import type { MutableWorkspace } from '../workspace/mutable-workspace.js';
import { CHANGED, type Kind } from './kind.js';
import { anyPackage, changeLine, isReadByNx } from './places.js';

const DIRECTIVE = /^\/\/go:embed\s/;

/** What `//go:embed` names. */
export const EMBEDS: readonly Kind[] = [
  {
    name: 'embedded file changed',
    weight: 4,
    apply(random, workspace) {
      const file = random.pick(embeddedFiles(random, workspace));
      if (!file) return undefined;
      workspace.append(file, `${workspace.fresh}\n`);
      return CHANGED;
    },
  },
  {
    name: 'file added next to an embedded one',
    weight: 2,
    apply(random, workspace) {
      const file = random.pick(embeddedFiles(random, workspace));
      if (!file) return undefined;
      workspace.write(posix.join(posix.dirname(file), workspace.fresh + posix.extname(file)), 'new\n');
      return CHANGED;
    },
  },
  {
    name: 'hidden file added next to an embedded one',
    weight: 1,
    apply(random, workspace) {
      const file = random.pick(embeddedFiles(random, workspace));
      if (!file) return undefined;
      workspace.write(posix.join(posix.dirname(file), random.pick(['.', '_']) + workspace.fresh), 'hidden\n');
      return CHANGED;
    },
  },
  {
    name: 'embedded file deleted',
    weight: 1,
    apply(random, workspace) {
      const file = random.pick(embeddedFiles(random, workspace));
      if (!file) return undefined;
      workspace.remove(file);
      return CHANGED;
    },
  },
  {
    name: 'embed directive added',
    weight: 2,
    apply(random, workspace) {
      const pkg = anyPackage(random, workspace, ({ name, sources }) => name !== '' && sources.length > 0);
      if (!pkg) return undefined;
      const { fresh } = workspace;
      const suffix = random.chance(0.3) ? '_test' : '';
      const content = `package ${pkg.name}\n\nimport _ "embed"\n\n//go:embed ${fresh}.txt\nvar ${fresh} string\n\nfunc init() { println(${fresh}) }\n`;
      workspace.write(posix.join(pkg.dir, `${fresh}.txt`), 'embedded\n');
      workspace.write(posix.join(pkg.dir, `${fresh}${suffix}.go`), content);
      return CHANGED;
    },
  },
  directiveEdit('embed directive removed', () => '//'),
  directiveEdit('embed pattern without a match', (line, fresh) => `${line} ${fresh}`),
  {
    name: 'module in an embedded directory added',
    weight: 0.3,
    apply(random, workspace) {
      const file = random.pick(embeddedFiles(random, workspace));
      if (!file) return undefined;
      const manifest = posix.join(posix.dirname(file), 'go.mod');
      if (workspace.exists(manifest)) return undefined;
      workspace.write(manifest, `module example.com/${workspace.fresh}\n\ngo 1.24\n`);
      return CHANGED;
    },
  },
];

function embeddingFiles(workspace: MutableWorkspace): string[] {
  return workspace.packages
    .flatMap(({ sources, tests }) => [...sources, ...tests])
    .filter((file) => workspace.parse(file).embedPatterns.length > 0);
}

/** The files that one random Go file embeds. */
function embeddedFiles(random: Random, workspace: MutableWorkspace): string[] {
  const source = random.pick(embeddingFiles(workspace));
  if (!source) return [];
  const dir = posix.dirname(source);
  const patterns = workspace.parse(source).embedPatterns.map((pattern) => pattern.replace(/^all:/, ''));
  // A pattern that names a file is no directory to look into.
  const options = { cwd: posix.join(workspace.root, dir), dot: true, suppressErrors: true };
  const matches = fastGlob.sync(
    patterns.flatMap((pattern) => [pattern, `${pattern}/**/*`]),
    options,
  );
  return matches
    .map((file) => posix.join(dir, file))
    .filter((file) => !isReadByNx(file))
    .sort();
}

/** An edit of one `//go:embed` line. */
function directiveEdit(name: string, edited: (line: string, fresh: string) => string): Kind {
  return {
    name,
    weight: 0.5,
    apply(random, workspace) {
      const file = random.pick(embeddingFiles(workspace));
      if (!file) return undefined;
      const isDirective = (line: string): boolean => DIRECTIVE.test(line);
      changeLine(random, workspace, file, isDirective, (line) => edited(line, workspace.fresh));
      return CHANGED;
    },
  };
}
