/** Build modes whose product is a program: only these get `.exe`. */
const PROGRAM_MODES: readonly unknown[] = [undefined, '', 'default', 'exe', 'pie'];

/** Whether a build mode makes a program rather than a library of some kind. */
export function makesProgram(buildmode: unknown): boolean {
  return PROGRAM_MODES.includes(buildmode);
}
