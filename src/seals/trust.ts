import type { KeyObject } from 'node:crypto';

import { pluginEntries, type NamesPlugins } from '../plugin-entries.js';
import { isMadeHere } from './machine-key.js';
import type { SealFile } from './seal.js';
import { isSignedBy, publicKey } from './signing-keys.js';

/** Whose results are taken, as the plugin's options in nx.json name them. */
export interface TrustOptions {
  /** Ed25519, each in base64 of its DER form. */
  readonly publicKeys: readonly string[];
}

/** What a seal is checked with. */
export interface Trust {
  readonly publicKeys: readonly KeyObject[];
  /** That of this machine's cache. */
  readonly machineKey: Buffer | undefined;
}

/**
 * Checks the option `trust`.
 *
 * @throws Error that names what is wrong with it.
 */
export function parseTrust(raw: unknown): TrustOptions | undefined {
  if (raw === undefined) return undefined;
  const { publicKeys, ...others } = Object(raw) as Record<string, unknown>;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined)
    throw new Error(`nx.json: "trust.${unknown}" is no option of nx-gopher; "trust.publicKeys" is.`);
  if (!Array.isArray(publicKeys) || publicKeys.length === 0) {
    throw new Error(
      `nx.json: "trust.publicKeys" of nx-gopher must be a list of public keys, not ${JSON.stringify(publicKeys)}.`,
    );
  }
  const wrong: unknown = publicKeys.find((key) => typeof key !== 'string' || !publicKey(key));
  if (wrong !== undefined) {
    throw new Error(
      `nx.json: "trust.publicKeys" of nx-gopher holds ${JSON.stringify(wrong)}, which is no public key. ` +
        `\`npx nx-gopher cache keygen\` prints one.`,
    );
  }
  return { publicKeys: publicKeys as string[] };
}

/** The option `trust` among the entries of the plugin in nx.json. @throws as {@link parseTrust}. */
export function trustOptions(nxJson: NamesPlugins | undefined): TrustOptions | undefined {
  const keys = pluginEntries(nxJson).flatMap(({ trust }) => parseTrust(trust)?.publicKeys ?? []);
  return keys.length > 0 ? { publicKeys: keys } : undefined;
}

/** Trust with the keys read; undefined where everything is trusted. */
export function trustOf(options: TrustOptions | undefined, machineKey: () => Buffer | undefined): Trust | undefined {
  return options && { publicKeys: options.publicKeys.flatMap((key) => publicKey(key) ?? []), machineKey: machineKey() };
}

/**
 * Why nobody who is trusted vouches for a seal. A seal without a hash is not enough where a remote cache gave it:
 * what was made once could be passed off as the result of other sources.
 */
export function trustProblem(
  { body, seal, stamps }: SealFile,
  trust: Trust | undefined,
  isRemote: boolean,
): string | undefined {
  if (!trust) return undefined;
  const { publicKeys, machineKey } = trust;
  const isBound = seal.hash !== undefined;
  const isVouchedFor = stamps.some(({ kind, value }) =>
    kind === 'machine'
      ? (isBound || !isRemote) && machineKey !== undefined && isMadeHere(body, value, machineKey)
      : isBound && publicKeys.some((key) => isSignedBy(key, body, value)),
  );
  if (isVouchedFor) return undefined;
  return stamps.some(({ kind }) => kind === 'ed25519')
    ? 'its seal is not signed with a key that nx.json trusts'
    : 'its seal is not signed';
}
