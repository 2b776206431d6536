import { nearestName } from '../nearest-name.js';
import { pluginEntries, type NamesPlugins } from '../plugin-entries.js';

/** Environment variables that say where compiled packages lie, and what may be done there. */
export const STORE_VARIABLE = 'NX_GOPHER_STORE';
export const REMOTE_VARIABLE = 'NX_GOPHER_REMOTE';
/** Seconds that a request may take, its body included. */
export const TIMEOUT_VARIABLE = 'NX_GOPHER_STORE_TIMEOUT';
/** Names a file that gets the statistics of a run. */
export const STATISTICS_VARIABLE = 'NX_GOPHER_STATISTICS';

/** When what was compiled is put into the store. */
export const HARVESTS = ['ci', 'always', 'never'] as const;

/** The option `warm`, completed. */
export interface WarmOptions {
  /** The address of a cache server, `s3://bucket/prefix`, `nx`, or a directory from the workspace's root. */
  readonly store: string | undefined;
  readonly harvest: (typeof HARVESTS)[number];
  /** What a directory may hold: gigabytes, and days since a package was last used. */
  readonly maxSize: number;
  readonly maxAge: number;
}

const DEFAULTS = { harvest: 'ci', maxSize: 10, maxAge: 30 } as const;
const NAMES = ['store', 'harvest', 'maxSize', 'maxAge'];

/** How much a directory may hold, see `prune`. */
export function limitsOf(options: WarmOptions | undefined): { readonly maxSize: number; readonly maxAge: number } {
  const { maxSize, maxAge } = options ?? DEFAULTS;
  return { maxSize: maxSize * 1e9, maxAge };
}

/**
 * Checks the option `warm`: `true`, or an object.
 *
 * @returns undefined where it is off.
 * @throws Error that names what is wrong with it.
 */
export function parseWarm(raw: unknown): WarmOptions | undefined {
  if (raw === undefined || raw === false) return undefined;
  const given = raw === true ? {} : raw;
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw wrong('warm', 'true, false or an object', raw);
  const { store, harvest, maxSize, maxAge, ...others } = { ...DEFAULTS, ...given } as Record<string, unknown>;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) {
    throw new Error(
      `nx.json: nx-gopher has no option "warm.${unknown}". Did you mean "warm.${nearestName(unknown, NAMES)}"?`,
    );
  }
  if (store !== undefined && (typeof store !== 'string' || store === ''))
    throw wrong('warm.store', 'the address of a cache server, s3://bucket/prefix, nx, or a directory', store);
  const known = HARVESTS.find((one) => one === harvest);
  if (!known) throw wrong('warm.harvest', '"ci", "always" or "never"', harvest);
  const isAmount = (value: unknown): value is number => typeof value === 'number' && value > 0;
  if (!isAmount(maxSize)) throw wrong('warm.maxSize', 'a number of gigabytes', maxSize);
  if (!isAmount(maxAge)) throw wrong('warm.maxAge', 'a number of days', maxAge);
  return { store, harvest: known, maxSize, maxAge };
}

/** The option `warm` of the plugin's entry in nx.json. @throws as {@link parseWarm}. */
export function warmOptions(nxJson: NamesPlugins | undefined): WarmOptions | undefined {
  for (const { warm } of pluginEntries(nxJson)) {
    const options = parseWarm(warm);
    if (options) return options;
  }
  return undefined;
}

function wrong(name: string, wanted: string, value: unknown): Error {
  return new Error(`nx.json: "${name}" of nx-gopher must be ${wanted}, not ${JSON.stringify(value)}.`);
}
