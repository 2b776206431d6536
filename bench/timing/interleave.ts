import { spreadOf, type Spread } from './statistics.js';

/** One of several things that are timed against each other. */
export interface Contestant {
  readonly name: string;
  /** Brings about the state that the run starts from; not timed. */
  prepare(): Promise<void>;
  /** @throws Error when it did not do what it is timed for. */
  run(): Promise<void>;
}

/** Seconds by name of contestant, one for each round. */
export type Seconds = Readonly<Record<string, readonly number[]>>;

/**
 * Times contestants one after another, round by round, so that what else the machine does in the meantime meets all of
 * them alike. A round before the first, not counted, fills the caches of the file system.
 *
 * @param onTime told of each measurement as it is made.
 */
export async function timeInterleaved(
  contestants: readonly Contestant[],
  rounds: number,
  onTime: (name: string, round: number, seconds: number) => void = () => undefined,
): Promise<Seconds> {
  const seconds: Record<string, number[]> = Object.fromEntries(contestants.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const contestant of contestants) {
      await contestant.prepare();
      const start = performance.now();
      await contestant.run();
      const taken = (performance.now() - start) / 1000;
      onTime(contestant.name, round, taken);
      if (round > 0) seconds[contestant.name]?.push(taken);
    }
  }
  return seconds;
}

/** How two contestants compare. */
export interface Comparison {
  readonly subject: string;
  /** Without one, the subject's time is a number of seconds. */
  readonly reference?: string;
  /** Another one, whose time in the same round is taken off the subject's. */
  readonly less?: string;
}

/** The subject's time in units of the reference's, or in seconds; round by round. */
export function ratioOf(seconds: Seconds, { subject, reference, less }: Comparison): Spread {
  const of = (name: string, round: number): number => {
    const value = seconds[name]?.[round];
    if (value === undefined) throw new Error(`${name} was not timed in round ${round + 1}`);
    return value;
  };
  const rounds = seconds[subject]?.length ?? 0;
  return spreadOf(
    Array.from({ length: rounds }, (_, round) => {
      const time = of(subject, round) - (less === undefined ? 0 : of(less, round));
      return reference === undefined ? time : time / of(reference, round);
    }),
  );
}
