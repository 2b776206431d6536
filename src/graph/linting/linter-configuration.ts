import { join, posix } from 'node:path';

import { isFile, textOf } from '../../files.js';
import { GOLANGCI_FILES } from '../../go/linting/linters.js';
import { isInWorkspace, nearestDir } from '../../paths.js';
import type { LoadedWorkspace } from '../../workspace/load.js';

/** What a configuration of golangci-lint says, as far as inputs follow from it; as JSON holds it. */
export interface LinterConfiguration {
  /** From the workspace's root. */
  readonly file: string;
  /** Files of the workspace that it names, or globs of them: templates, rules. */
  readonly names: readonly string[];
  /** Whether it names formatters. */
  readonly formats: boolean;
  /** Whether it may name a linter that reads go.mod. */
  readonly readsManifest: boolean;
  /** Whether it names the formatter that looks up packages. */
  readonly resolvesImports: boolean;
  /** Whether it sets build tags. */
  readonly setsTags: boolean;
  /** What it says that ties findings to something outside the sources. */
  readonly uncacheable: readonly string[];
}

/** The configurations of a workspace. */
export class LinterConfigurations {
  readonly all: readonly LinterConfiguration[];
  private readonly byDir = new Map<string, LinterConfiguration>();

  constructor({ root, linterFiles, manifests }: Pick<LoadedWorkspace, 'root' | 'linterFiles' | 'manifests'>) {
    const first = [...linterFiles].sort((a, b) => place(a) - place(b));
    this.all = first.map((file) => configurationIn(root, file, manifests.at(file).text));
    for (const configuration of this.all) {
      const dir = posix.dirname(configuration.file);
      if (!this.byDir.has(dir)) this.byDir.set(dir, configuration);
    }
  }

  /** The one that counts for a package: golangci-lint takes the nearest one above. */
  of(dir: string): LinterConfiguration | undefined {
    if (this.byDir.size === 0) return undefined;
    const holder = nearestDir(dir, (above) => this.byDir.has(above));
    return holder === undefined ? undefined : this.byDir.get(holder);
  }
}

function place(file: string): number {
  return GOLANGCI_FILES.indexOf(posix.basename(file));
}

/** What reads go.mod: linters by their names, all of them by a flag, and gci for the imports of the module itself. */
export const MANIFEST_READERS = /gomod|localmodule|^--default=all$/;

/** Reads what counts by its words: the four formats of the file have the same. */
function configurationIn(root: string, file: string, whole: string): LinterConfiguration {
  const text = whole.replaceAll(/(^|\s)#.*$/gm, '$1');
  const dir = posix.dirname(file);
  const says = (pattern: RegExp): boolean => pattern.test(text);
  const names = namedFiles(root, dir, text);
  const dated =
    says(/goheader/) && [text, ...names.map((name) => textOf(join(root, name)) ?? '')].some((one) => YEAR.test(one));
  const compares = /["'\s.](new(-from-(?:rev|patch|merge-base))?)["']?\s*[:=]\s*["']?(?!false)[^\s"']/.exec(text)?.[1];
  return {
    file,
    names,
    formats: says(/(^|[\s"[{,])formatters["\]]?\s*([:=]|$)/m) || says(/\[formatters[.\]]/),
    readsManifest: says(MANIFEST_READERS) || says(/default["']?\s*[:=]\s*["']?all/),
    resolvesImports: says(/goimports/),
    setsTags: says(/build-tags/),
    uncacheable: [
      ...(compares === undefined ? [] : [`"${compares}" in ${file} compares with another state of the repository`]),
      ...(dated ? [`the header that ${file} asks for has a year: what is right today is not so next year`] : []),
    ],
  };
}

/** What goheader puts the current year for, or that of the file's last commit. */
const YEAR = /\{\{-?\s*\.?(MOD[-_]?)?YEAR/i;

/** Words of the configuration that are files or globs, from its own directory or from the root. */
function namedFiles(root: string, dir: string, text: string): string[] {
  const plain = text.replaceAll(/\$\{(config|base)-path\}\/?/g, '');
  // A name with a blank is in quotes, or all that stands in a line after its key.
  const quoted = [...plain.matchAll(/"([^"\n]+)"|'([^'\n]+)'/g)].map(([, double, single]) => double ?? single ?? '');
  const lines = [...plain.matchAll(/(?:: |- |= )+(.*)$/gm)].map(([, value = '']) => value.trim());
  const words = [...new Set([...plain.split(/[\s"'`,[\]{}]+/), ...quoted, ...lines])];
  const paths = words.filter((word) => word !== '' && !posix.isAbsolute(word));
  const found = paths.flatMap((path) =>
    [...new Set([posix.join(dir, path), posix.normalize(path)])].filter(
      (one) => isInWorkspace(one) && (isGlobOfGo(one) || isFile(join(root, one))),
    ),
  );
  return [...new Set(found)].sort();
}

/** Rules of ruleguard are named by globs. */
function isGlobOfGo(path: string): boolean {
  return /^[^*?]*\/?[^*?/]*\*[^*?/]*\.go$/.test(path);
}
