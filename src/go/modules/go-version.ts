/** A Go version as go.mod and go.work files hold it: `1.24`, `1.24.2`, `1.25rc1`. */
const GO_VERSION = /^(\d+)\.(\d+)(?:\.(\d+)|(beta|rc)(\d+))?$/;

export function isGoVersion(text: string): boolean {
  return GO_VERSION.test(text);
}

/**
 * Orders versions as the go command does: `1.24` (the language) before `1.24rc1` before `1.24.0`. What is no version
 * comes first.
 *
 * @returns negative, zero or positive.
 */
export function compareGoVersions(one: string, other: string): number {
  const [a, b] = [sortKey(one), sortKey(other)];
  const different = a.findIndex((part, index) => part !== b[index]);
  return different < 0 ? 0 : (a[different] ?? 0) - (b[different] ?? 0);
}

/** The highest of some versions; undefined for none. */
export function highestGoVersion(versions: readonly string[]): string | undefined {
  return versions.reduce<string | undefined>(
    (highest, version) => (highest === undefined || compareGoVersions(version, highest) > 0 ? version : highest),
    undefined,
  );
}

/** Major, minor, the kind of release, and its number. */
function sortKey(version: string): number[] {
  const [, major, minor, patch, kind, number] = GO_VERSION.exec(version) ?? [];
  if (major === undefined) return [-1, -1, -1, -1];
  const rank = patch !== undefined ? 3 : kind === 'rc' ? 2 : kind === 'beta' ? 1 : 0;
  return [Number(major), Number(minor), rank, Number(patch ?? number ?? 0)];
}
