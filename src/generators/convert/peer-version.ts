import { readJson, type Tree } from '@nx/devkit';
import { minVersion } from 'semver';

/** How lock files give the version of a package; `NAME` stands for it. */
const LOCKED: Readonly<Record<string, string>> = {
  'package-lock.json': '"node_modules/NAME": \\{\\s*"version": "([^"]+)"',
  'pnpm-lock.yaml': "\\s'?/?NAME[@/](\\d[^(:'\\s]*)",
  'yarn.lock': '^"?NAME@[^\\n]*:\\n\\s+version:? "?([^"\\n]+)',
  'bun.lock': '"NAME": \\["NAME@([^"]+)"',
};

/** The version of an npm package: the installed one, else the locked one, else the least that package.json takes. */
export function versionOf(tree: Tree, name: string): string | undefined {
  const installed = `node_modules/${name}/package.json`;
  if (tree.exists(installed)) return readJson<{ version?: string }>(tree, installed).version;
  for (const [file, pattern] of Object.entries(LOCKED)) {
    const [, version] = new RegExp(pattern.replaceAll('NAME', name), 'm').exec(tree.read(file, 'utf-8') ?? '') ?? [];
    if (version) return version;
  }
  if (!tree.exists('package.json')) return undefined;
  const { dependencies, devDependencies } = readJson<Record<string, Record<string, string>>>(tree, 'package.json');
  return leastOf({ ...dependencies, ...devDependencies }[name]);
}

/** The least version of a range; undefined for `latest`, `catalog:` and the like. */
function leastOf(range: string | undefined): string | undefined {
  try {
    return range === undefined ? undefined : minVersion(range)?.version;
  } catch {
    return undefined;
  }
}
