/** A module of the workspace. */
export interface CoveredModule {
  readonly path: string;
  /** From the workspace's root; `.` for the root itself. */
  readonly dir: string;
}

/**
 * Finds the file that a profile names by import path.
 *
 * @returns its path from the workspace's root; undefined for a file of another module.
 */
export function filePlaces(modules: readonly CoveredModule[]): (file: string) => string | undefined {
  const longestFirst = [...modules].sort((a, b) => b.path.length - a.path.length);
  return (file) => {
    const module = longestFirst.find(({ path }) => file.startsWith(`${path}/`));
    if (!module) return undefined;
    const inModule = file.slice(module.path.length + 1);
    return module.dir === '.' ? inModule : `${module.dir}/${inModule}`;
  };
}
