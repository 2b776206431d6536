/** Names that Windows reserves, with or without an extension; the go command refuses them everywhere. */
const WINDOWS_RESERVED = /^(con|prn|aux|nul|com[1-9]|lpt[1-9])(\.|$)/i;

/**
 * Why the go command does not take a directory's name as an element of an import path, to be read after the name;
 * undefined for a good one. The rules are those of CheckImportPath in golang.org/x/mod/module, and of the patterns
 * that leave directories out (`./...`).
 */
export function pathElementError(name: string): string | undefined {
  if (name === '') return 'is empty';
  if (/^[_.]/.test(name)) return 'begins with "_" or ".", and go leaves such directories out';
  if (/^(vendor|testdata|node_modules)$/.test(name)) return 'is a directory that go or nx-gopher leaves out';
  const foreign = /[^A-Za-z0-9._~+-]/.exec(name)?.[0];
  if (foreign !== undefined) return `holds ${JSON.stringify(foreign)}, which an import path may not`;
  if (name.endsWith('.')) return 'ends with a dot';
  return WINDOWS_RESERVED.test(name) ? 'is a name that Windows reserves' : undefined;
}

/**
 * Why a text is no module path, to be read after it; undefined for a good one. Whether anything can be downloaded from
 * it does not matter: a module of the workspace may be called `shop`.
 */
export function modulePathError(path: string): string | undefined {
  for (const element of path.split('/')) {
    const error = pathElementError(element);
    if (error !== undefined)
      return path === element ? error : `has an element ${JSON.stringify(element)} that ${error}`;
  }
  return undefined;
}
