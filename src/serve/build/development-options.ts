import { flagList } from '../../executors/flags/compile-flags.js';
import type { BuildExecutorOptions } from '../../executors/build/schema.js';
import { executableName } from '../../go/binaries/executable-name.js';

/** Leaves the symbol table and DWARF out: the linker takes a third less time. Stack traces need neither. */
const SMALL = '-s -w';
/** The options of the build target that do not count. */
const OWN = ['goos', 'goarch', 'outputPath', 'ldflags', 'gcflags'];
/** What a debugger needs: all variables, and functions where they stand. */
const PLAIN = 'all=-N -l';

/**
 * The options that a program is built with to be served: those of its build target, for this system, and to a place
 * of its own.
 *
 * @param root of the project.
 * @param inForce the linker flags of GOFLAGS, which a flag on the command line replaces.
 */
export function developmentOptions(
  build: BuildExecutorOptions,
  root: string,
  debug: boolean,
  inForce: string | undefined,
): BuildExecutorOptions {
  const { ldflags, gcflags } = build;
  const rest = Object.fromEntries(Object.entries(build).filter(([name]) => !OWN.includes(name)));
  const name = executableName(root === '.' ? 'main' : root);
  const outputPath = `dist/.nx-gopher/.serve/${root === '.' ? '' : `${root}/`}${name}`;
  const linker = [flagList(ldflags) ?? inForce, debug ? undefined : SMALL].filter(Boolean).join(' ');
  const compiler = debug ? PLAIN : flagList(gcflags);
  return {
    ...rest,
    outputPath,
    ...(linker ? { ldflags: linker } : {}),
    ...(compiler ? { gcflags: compiler } : {}),
    // A debugger looks for the sources where they are.
    ...(debug ? { trimpath: false } : {}),
  };
}
