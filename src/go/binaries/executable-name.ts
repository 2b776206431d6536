/** The name that go gives a package's binary: the last element of its import path, of `x/v2` the one before. */
export function executableName(importPath: string): string {
  const elements = importPath.split('/');
  const last = elements.at(-1) ?? importPath;
  // As go's isVersionElement: v2 and up, no leading zero.
  const isVersion = elements.length > 1 && /^v([2-9]|[1-9]\d+)$/.test(last);
  return isVersion ? (elements.at(-2) ?? last) : last;
}
