import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto';

import { SIGNING_KEY_VARIABLE } from '../secret-variables.js';

/** Keep a signature from being one of anything but a seal, or a compiled package. */
const SEAL_DOMAIN = 'nx-gopher seal\n';
export const PACKAGE_DOMAIN = 'nx-gopher package\n';

/** A pair of Ed25519 keys, each in base64 of DER (PKCS #8 and SPKI). */
export interface KeyPair {
  readonly privateKey: string;
  readonly publicKey: string;
}

export function generateKeys(): KeyPair {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return {
    privateKey: privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
    publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
  };
}

/** The key to sign with; undefined without one. @throws Error that does not hold what was given. */
export function signingKey(env: NodeJS.ProcessEnv = process.env): KeyObject | undefined {
  const text = env[SIGNING_KEY_VARIABLE];
  if (!text) return undefined;
  const key = keyOf(() => createPrivateKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'pkcs8' }));
  if (key) return key;
  throw new Error(
    `${SIGNING_KEY_VARIABLE} holds no private key. Make a pair with \`npx nx-gopher cache keygen\`, and set it to the first.`,
  );
}

/** Reads a public key; undefined when it is none. */
export function publicKey(text: string): KeyObject | undefined {
  return keyOf(() => createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' }));
}

/** The signature of a text, in base64; of a seal's body unless another domain is given. */
export function signed(body: string, key: KeyObject, domain = SEAL_DOMAIN): string {
  return sign(null, Buffer.from(domain + body), key).toString('base64');
}

export function isSignedBy(key: KeyObject, body: string, signature: string, domain = SEAL_DOMAIN): boolean {
  return verify(null, Buffer.from(domain + body), key, Buffer.from(signature, 'base64'));
}

function keyOf(read: () => KeyObject): KeyObject | undefined {
  try {
    const key = read();
    return key.asymmetricKeyType === 'ed25519' ? key : undefined;
  } catch {
    return undefined;
  }
}
