/**
 * The command that starts a program so that it cannot outlive the process that starts it.
 *
 * A shell leaves a second process behind in the program's process group, and becomes the program: the program has the
 * shell's process id. The second process reads from descriptor 3, a pipe that the starting process holds. When that
 * one ends, however it ends, the system closes the pipe: the second process then ends the program, at first gently.
 * What it ends cannot be anybody else's: a group keeps its number as long as it has a member.
 *
 * Windows needs none of this: Node puts a child into a job object that ends with its process.
 */
export interface WatchedCommand {
  readonly file: string;
  readonly args: readonly string[];
}

/** Seconds between two looks at whether a program that was asked to end is gone. */
const LOOK = '0.1';

/** @param group whether all of the program's process group ends with it; else the program alone. */
export function watchedCommand(
  file: string,
  args: readonly string[],
  grace: number,
  group: boolean,
  platform: NodeJS.Platform = process.platform,
): WatchedCommand {
  if (platform === 'win32') return { file, args };
  const looks = Math.max(1, Math.ceil(grace / (Number(LOOK) * 1000)));
  return { file: '/bin/sh', args: ['-c', script(group, looks), file, ...args] };
}

/** `$$` stays the process id of the shell that becomes the program. */
function script(group: boolean, looks: number): string {
  const target = group ? '0' : '$$';
  const wait = `i=0; while [ $i -lt ${looks} ] && kill -0 $$ 2>/dev/null; do sleep ${LOOK}; i=$((i+1)); done`;
  // A line that is read means that the program has ended by itself, and its process id may be another's.
  const watch = `trap '' TERM INT HUP QUIT; read -r line <&3 && exit 0; kill -TERM ${target}; ${wait}; kill -KILL ${target}`;
  return `( ( ${watch} ) </dev/null >/dev/null 2>&1 & ); exec "$0" "$@" 3<&-`;
}
