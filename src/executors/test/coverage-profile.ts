/**
 * Splits the coverage profile of several packages' tests into one for each package. Without `-coverpkg` each test
 * covers its own package only, so a line belongs to the package of its file.
 *
 * @returns profile by import path; a package that covered nothing is not in it.
 */
export function splitCoverageProfile(profile: string): Map<string, string> {
  const lines = profile.split('\n').filter((line) => line !== '');
  const mode = lines[0]?.startsWith('mode: ') ? lines.shift() : undefined;
  const split = new Map<string, string[]>();
  for (const line of lines) {
    // importPath/file.go:12.34,15.2 3 1
    const file = line.slice(0, line.lastIndexOf(':'));
    const importPath = file.slice(0, file.lastIndexOf('/'));
    const lines = split.get(importPath) ?? [];
    lines.push(line);
    split.set(importPath, lines);
  }
  return new Map([...split].map(([path, own]) => [path, [mode ?? 'mode: set', ...own, ''].join('\n')]));
}

/** Joins the profiles of one target's packages; with none, an empty profile, so that the output always exists. */
export function joinCoverageProfiles(profiles: readonly string[], mode: string): string {
  const lines = profiles.flatMap((profile) => profile.split('\n').slice(1).filter(Boolean));
  return [`mode: ${mode}`, ...lines, ''].join('\n');
}

/** The mode that a profile's first line names. */
export function coverageMode(profile: string): string {
  return /^mode: (\w+)/.exec(profile)?.[1] ?? 'set';
}
