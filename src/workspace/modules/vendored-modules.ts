import type { PackageModule } from '../../go/listing/package.js';

/**
 * The module of each vendored package, by import path, from the text of a vendor/modules.txt.
 *
 * `# path version => replacement` opens a module, `## …` says more of it, any other line is a package.
 */
export function vendoredModules(text: string): ReadonlyMap<string, PackageModule> {
  const packages = new Map<string, PackageModule>();
  let module: PackageModule | undefined;
  for (const line of text.split('\n')) {
    const words = line.trim().split(/\s+/);
    if (words[0] === '##' || words[0] === '') continue;
    if (words[0] === '#') module = toModule(words.slice(1));
    else if (module) packages.set(words[0] ?? '', module);
  }
  return packages;
}

function toModule(words: readonly string[]): PackageModule {
  const arrow = words.indexOf('=>');
  const [path = '', version = ''] = arrow === -1 ? words : words.slice(0, arrow);
  const [target, newVersion = ''] = arrow === -1 ? [] : words.slice(arrow + 1);
  return { path, version, ...(target ? { replace: { path: target, version: newVersion } } : {}), main: false };
}
