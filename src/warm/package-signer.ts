import type { NamesPlugins } from '../plugin-entries.js';
import { isSignedBy, PACKAGE_DOMAIN, signed, signingKey } from '../seals/signing-keys.js';
import { trustOf, trustOptions } from '../seals/trust.js';
import type { ObjectSigner } from './package-object.js';

/**
 * Signs compiled packages with the key of the environment, and trusts those of nx.json, as for the results of tasks.
 *
 * @throws Error for a key that is none.
 */
export function packageSigner(nxJson: NamesPlugins | undefined): ObjectSigner {
  const key = signingKey();
  const trust = trustOf(trustOptions(nxJson), () => undefined);
  return {
    ...(key ? { sign: (line) => signed(line, key, PACKAGE_DOMAIN) } : {}),
    ...(trust
      ? {
          isTrusted: (line, signature) =>
            trust.publicKeys.some((one) => isSignedBy(one, line, signature, PACKAGE_DOMAIN)),
        }
      : {}),
  };
}
