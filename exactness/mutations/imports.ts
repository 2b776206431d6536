import type { Random } from '../../testing/random/random.js';
import type { MutableWorkspace } from '../workspace/mutable-workspace.js';
import { CHANGED, type Applied, type Kind } from './kind.js';
import { anySource, anyTest, changeLine, holds, isLibrary } from './places.js';

const PACKAGE_CLAUSE = /^package \w+/;
const BLANK_IMPORT = /^(?:import |\t)_ "([^"]+)"\r?$/;
const PURE = [
  'container/list',
  'container/ring',
  'errors',
  'math/bits',
  'sort',
  'strings',
  'text/tabwriter',
  'unicode',
];
/** Those of the standard library that use cgo: the flags of the link are others with them. */
const WITH_CGO = ['net', 'os/user'];

/** Imports added and removed. */
export const IMPORTS: readonly Kind[] = [
  adding('import of the standard library added', 3, (random) => random.pick(PURE)),
  adding('import of a standard package with cgo added', 0.3, (random) => random.pick(WITH_CGO)),
  adding('import of the workspace added', 4, (random, workspace, file) => {
    const owner = workspace.packages.find(({ sources, tests }) => sources.includes(file) || tests.includes(file));
    const others = workspace.packages.filter(
      (pkg) => isLibrary(pkg) && pkg.dir !== owner?.dir && pkg.module?.path === owner?.module?.path,
    );
    return random.pick(others)?.importPath;
  }),
  adding('import of another module of the workspace added', 1, (random, workspace, file) => {
    const owner = workspace.packages.find(({ sources, tests }) => sources.includes(file) || tests.includes(file));
    const others = workspace.packages.filter((pkg) => isLibrary(pkg) && pkg.module && pkg.module !== owner?.module);
    return random.pick(others)?.importPath;
  }),
  adding('import of an external module added', 2, (random, workspace) => random.pick(externalImports(workspace))),
  adding('import of a package that is not there', 0.7, (random, workspace) => {
    const module = random.pick(workspace.modules);
    return module && `${module.path}/${workspace.fresh}`;
  }),
  adding('import of a module that is not required', 0.3, (_, { fresh }) => `example.com/${fresh}/unheard`),
  {
    name: 'import added to a test',
    weight: 2,
    apply(random, workspace) {
      const file = anyTest(random, workspace, holds(workspace, new RegExp(PACKAGE_CLAUSE, 'm')));
      const imported = random.pick(workspace.packages.filter(isLibrary))?.importPath;
      return file && imported ? addImport(random, workspace, file, imported) : undefined;
    },
  },
  {
    name: 'import without use removed',
    weight: 3,
    apply(random, workspace) {
      const file = anySource(random, workspace, holds(workspace, new RegExp(BLANK_IMPORT, 'm')));
      if (!file) return undefined;
      return removeLine(random, workspace, file, BLANK_IMPORT);
    },
  },
  {
    name: 'import in use removed',
    weight: 0.7,
    apply(random, workspace) {
      const file = anySource(random, workspace, holds(workspace, /^\t"[^"]+"$/m));
      return file ? removeLine(random, workspace, file, /^\t"[^"]+"$/) : undefined;
    },
  },
];

function adding(
  name: string,
  weight: number,
  choose: (random: Random, workspace: MutableWorkspace, file: string) => string | undefined,
): Kind {
  return {
    name,
    weight,
    apply(random, workspace) {
      const file = anySource(random, workspace, holds(workspace, new RegExp(PACKAGE_CLAUSE, 'm')));
      const imported = file && choose(random, workspace, file);
      return imported ? addImport(random, workspace, file, imported) : undefined;
    },
  };
}

function addImport(random: Random, workspace: MutableWorkspace, file: string, imported: string): Applied | undefined {
  let done = false;
  const fits = (line: string): boolean => PACKAGE_CLAUSE.test(line);
  const add = (line: string): string => {
    done = true;
    return `${line}\n\nimport _ "${imported}"\n`;
  };
  changeLine(random, workspace, file, fits, add);
  return done ? CHANGED : undefined;
}

function removeLine(
  random: Random,
  workspace: MutableWorkspace,
  file: string,
  expression: RegExp,
): Applied | undefined {
  const lines = workspace.read(file).split('\n');
  const index = random.pick([...lines.keys()].filter((at) => expression.test(lines[at] ?? '')));
  if (index === undefined) return undefined;
  lines.splice(index, 1);
  workspace.write(file, lines.join('\n'));
  return CHANGED;
}

/** Import paths in use whose first element has a dot, and that no module of the workspace holds; sorted. */
function externalImports(workspace: MutableWorkspace): string[] {
  const modulePaths = workspace.modules.map(({ path }) => path);
  const imported = workspace.packages.flatMap(({ sources }) =>
    sources.flatMap((file) => workspace.parse(file).imports),
  );
  return [...new Set(imported)]
    .filter((path) => path.split('/')[0]?.includes('.'))
    .filter((path) => !modulePaths.some((module) => `${path}/`.startsWith(`${module}/`)))
    .sort();
}
