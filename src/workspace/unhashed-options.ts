/** Flags that, passed on in `args`, choose files or name some that no input names; some have an option of their own. */
const UNHASHED_FLAGS =
  /^--?(tags|race|msan|asan|mod|modfile|overlay|toolexec|exec|pgo|buildvcs|coverpkg|vettool|C)(=|$)/;

/**
 * Options with which a result depends on more than its inputs can name, each with the reason. A target that has one
 * written down is not cached; on the command line of a cached target it is refused.
 */
export function unhashedOptions(options: Readonly<Record<string, unknown>>): string[] {
  const { buildvcs, coverPkg, vettool, args } = options;
  const words = [args ?? []].flat().flatMap((arg) => String(arg).split(/\s+/));
  const flags = words.filter((word) => UNHASHED_FLAGS.test(word));
  return [
    ...(buildvcs === true || buildvcs === 'auto' ? ['buildvcs puts the commit into the binary'] : []),
    ...(coverPkg === undefined ? [] : ['coverPkg measures packages that the test may not import']),
    ...(vettool === undefined ? [] : ['vettool runs a program that is not part of the workspace']),
    ...flags.map((flag) => `${flag} among the args is not looked at when inputs are inferred`),
  ];
}
