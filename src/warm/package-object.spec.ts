import { createHash, randomBytes } from 'node:crypto';

import { beforeAll, describe, expect, it } from '@jest/globals';

import { Random } from '../../testing/random/random.js';
import { generateKeys, isSignedBy, PACKAGE_DOMAIN, publicKey, signed, signingKey } from '../seals/signing-keys.js';
import { given, packed, type ObjectSigner, type PackageObject } from './package-object.js';

const BODY = Buffer.concat([Buffer.from('!<arch>\n'.repeat(500)), randomBytes(500)]);
const KEY = 'a'.repeat(64);
const output = createHash('sha256').update(BODY).digest('hex');
const OBJECT: PackageObject = {
  key: KEY,
  importPath: 'example.com/a',
  entry: { action: 'b'.repeat(64), output, size: BODY.length },
  milliseconds: 12,
};

async function unpacked(key: string, stored: Buffer, by: ObjectSigner) {
  const { object, body } = given(key, stored, by);
  return { object, body: await body() };
}

function signer(): ObjectSigner {
  const keys = generateKeys();
  const key = signingKey({ NX_GOPHER_SIGNING_KEY: keys.privateKey })!;
  const other = publicKey(keys.publicKey)!;
  return {
    sign: (line) => signed(line, key, PACKAGE_DOMAIN),
    isTrusted: (line, signature) => isSignedBy(other, line, signature, PACKAGE_DOMAIN),
  };
}

describe('a compiled package in a store', () => {
  let content: Buffer;
  beforeAll(async () => (content = (await packed(OBJECT, BODY, {}))!));

  it('comes back as it was', async () => {
    expect(content.length).toBeLessThan(BODY.length);
    await expect(unpacked(KEY, content, {})).resolves.toEqual({ object: OBJECT, body: BODY });
  });

  it('is not put there when it is not what its entry says', async () => {
    await expect(packed(OBJECT, randomBytes(BODY.length), {})).resolves.toBeUndefined();
  });

  it('is not taken for another one', async () => {
    await expect(unpacked('c'.repeat(64), content, {})).rejects.toThrow('it is another package');
  });

  it('is never believed with other bytes in it', async () => {
    const random = new Random('damaged');
    const bodies: Buffer[] = [];
    for (let count = 0; count < 300; count++) {
      const damaged = Buffer.from(content);
      const at = random.below(damaged.length);
      damaged[at] = damaged[at]! ^ (1 + random.below(255));
      const kept = [damaged, content.subarray(0, at), Buffer.concat([content, damaged.subarray(at)])];
      await unpacked(KEY, random.of(kept), {}).then(
        ({ body }) => bodies.push(body),
        () => undefined,
      );
    }
    // Some bytes only say what it is called, or how long it took; what is added at the end is not read.
    expect(bodies.filter((body) => !body.equals(BODY))).toEqual([]);
    expect(bodies.length).toBeLessThan(160);
  });

  it.each([
    ['an action that is a path', { action: `../${'b'.repeat(61)}` }],
    ['an output that is a path', { output: `../${output.slice(3)}` }],
    ['a negative size', { size: -1 }],
    ['a size beyond all bounds', { size: 1e12 }],
    ['another size', { size: BODY.length - 1 }],
    ['another output', { output: 'd'.repeat(64) }],
  ])('is not believed with %s', async (_what, changed) => {
    const line = JSON.stringify({ ...OBJECT, entry: { ...OBJECT.entry, ...changed } });
    const text = content.toString('latin1').replace(JSON.stringify(OBJECT), line);
    await expect(unpacked(KEY, Buffer.from(text, 'latin1'), {})).rejects.toThrow();
  });

  it('that is a bomb is not unpacked', async () => {
    const bomb = Buffer.alloc(20_000_000);
    const entry = { ...OBJECT.entry, size: bomb.length, output: createHash('sha256').update(bomb).digest('hex') };
    const whole = (await packed({ ...OBJECT, entry }, bomb, {}))!;
    const text = whole.toString('latin1').replace(`"size":${bomb.length}`, '"size":1000');
    await expect(unpacked(KEY, Buffer.from(text, 'latin1'), {})).rejects.toThrow();
  });

  it('needs the signature of a key that is trusted', async () => {
    const [mine, other] = [signer(), signer()];
    const whole = (await packed(OBJECT, BODY, mine))!;
    await expect(unpacked(KEY, whole, mine)).resolves.toEqual({ object: OBJECT, body: BODY });
    await expect(unpacked(KEY, whole, other)).rejects.toThrow('not signed with a key that nx.json trusts');
    await expect(unpacked(KEY, content, mine)).rejects.toThrow('not signed with a key that nx.json trusts');
  });
});
