import { parseGoflags } from './build-configuration.js';
import { hasFlag, splitWords } from './words.js';

/** Flags that choose files or name some that no input names; those with an option of their own are for that. */
const IN_ARGS =
  /^(tags|race|msan|asan|mod|modfile|overlay|toolexec|exec|pgo|buildvcs|coverpkg|vettool|compiler|installsuffix|pkgdir|gccgoflags|o|C|(cpu|mem|block|mutex)profile|trace|coverprofile|outputdir)$/;

/** Flags that do so in GOFLAGS, where tags and `-mod` are looked at. */
const IN_GOFLAGS = /^(modfile|overlay|toolexec|exec|pgo|compiler|pkgdir)$/;

/**
 * Options with which a result depends on more than its inputs can name, each with the reason. A target that has one
 * written down is not cached; on the command line of a cached target it is refused.
 *
 * @param goflags GOFLAGS as in force, of the options' `env` or of the process.
 */
export function unhashedOptions(
  options: Readonly<Record<string, unknown>>,
  goflags: string = process.env['GOFLAGS'] ?? '',
): string[] {
  const { buildvcs, vettool, args, env } = options;
  const words = splitWords(args as readonly string[] | string | undefined);
  const inForce = (env as Readonly<Record<string, string>> | undefined)?.['GOFLAGS'] ?? goflags;
  return [
    ...(buildvcs === true || buildvcs === 'auto' ? ['buildvcs puts the commit into the binary'] : []),
    ...(vettool === undefined ? [] : ['vettool runs a program that is not part of the workspace']),
    ...words
      .filter((word) => hasFlag([word], IN_ARGS))
      .map((flag) => `nx-gopher does not look at ${flag} in args when it infers inputs`),
    ...[...parseGoflags(inForce).keys()]
      .filter((flag) => IN_GOFLAGS.test(flag))
      .map((flag) => `nx-gopher does not look at -${flag} in GOFLAGS when it infers inputs`),
  ];
}
