import { generateKeys } from '../seals/signing-keys.js';
import { SIGNING_KEY_VARIABLE } from '../secret-variables.js';

const USAGE = `Usage: nx-gopher cache <command>

  keygen   prints a new pair of keys, with which results in a remote cache are signed and checked
  status   says where compiled packages lie, and how many
  prune    removes compiled packages from a directory that are too old or too many
  verify   reads all compiled packages of a directory, and removes those that are damaged or not signed`;

const COMMANDS: Readonly<Record<string, () => Promise<number>>> = {
  keygen: () => Promise.resolve(printKeys()),
  status: async () => (await import('./store-commands.js')).status(),
  prune: async () => (await import('./store-commands.js')).pruneStore(),
  verify: async () => (await import('./store-commands.js')).verifyStore(),
};

/**
 * What concerns caches: the keys of signatures, and the store of compiled packages.
 *
 * @returns the exit code: 1 where something is wrong with the store, 2 for a wrong call.
 */
export function cache(args: readonly string[]): Promise<number> {
  const [name = ''] = args;
  const command = args.length === 1 && Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command) return command();
  const isHelp = args.some((arg) => arg === '--help' || arg === '-h');
  if (isHelp) console.log(USAGE);
  else console.error(USAGE);
  return Promise.resolve(isHelp ? 0 : 2);
}

/**
 * Prints a new pair of keys, and where each belongs. Nothing is written to disk: the private key is to go nowhere but
 * into the secrets of whoever signs.
 */
function printKeys(): number {
  const { privateKey, publicKey } = generateKeys();
  const options = { plugin: 'nx-gopher', options: { trust: { publicKeys: [publicKey] } } };
  console.log(
    `The private key, a secret of the pipeline that signs:\n\n${SIGNING_KEY_VARIABLE}=${privateKey}\n\n` +
      `The public key, in nx.json:\n\n${JSON.stringify(options)}`,
  );
  return 0;
}
