import { generateKeys } from '../seals/signing-keys.js';
import { SIGNING_KEY_VARIABLE } from '../signing-key-variable.js';

const USAGE = `Usage: nx-gopher cache keygen

  keygen   prints a new pair of keys, with which results in a remote cache are signed and checked`;

/**
 * Prints a new pair of keys, and where each belongs. Nothing is written to disk: the private key is to go nowhere but
 * into the secrets of whoever signs.
 *
 * @returns the exit code: 2 for a wrong call.
 */
export function cache(args: readonly string[]): Promise<number> {
  if (args.length === 1 && args[0] === 'keygen') {
    console.log(newKeys());
    return Promise.resolve(0);
  }
  const isHelp = args.some((arg) => arg === '--help' || arg === '-h');
  if (isHelp) console.log(USAGE);
  else console.error(USAGE);
  return Promise.resolve(isHelp ? 0 : 2);
}

function newKeys(): string {
  const { privateKey, publicKey } = generateKeys();
  const options = { plugin: 'nx-gopher', options: { trust: { publicKeys: [publicKey] } } };
  return (
    `The private key, a secret of the pipeline that signs:\n\n${SIGNING_KEY_VARIABLE}=${privateKey}\n\n` +
    `The public key, in nx.json:\n\n${JSON.stringify(options)}`
  );
}
