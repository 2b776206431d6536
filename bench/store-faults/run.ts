/**
 * Builds programs with stores that hold something wrong, or do, and counts what comes of it: only right binaries, no
 * failed run, none that hangs.
 *
 *   npx tsx bench/store-faults/run.ts --count 100 --seed 1
 *   npx tsx bench/store-faults/run.ts --only 'server that'
 *
 * A fault of objects is tried on so many objects, several in a build; one of servers in so many builds.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import {
  generateKeys,
  isSignedBy,
  PACKAGE_DOMAIN,
  publicKey,
  signed,
  signingKey,
} from '../../src/seals/signing-keys.js';
import type { ObjectSigner } from '../../src/warm/package-object.js';
import { CacheServerStore } from '../../src/warm/store/cache-server.js';
import { DirectoryStore } from '../../src/warm/store/directory.js';
import { S3Store } from '../../src/warm/store/s3.js';
import type { Store } from '../../src/warm/store/store.js';
import { CacheServer } from '../../testing/cache-server/cache-server.js';
import { Random } from '../../testing/random/random.js';
import { temporaryFolder } from '../../testing/workspace/temporary-folder.js';
import { Machine, type Outcome } from './machine.js';
import { FORGERIES, OBJECT_FAULTS, type ObjectFault } from './objects.js';
import { FaultyServer, SERVER_FAULTS } from './servers.js';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '100' },
    only: { type: 'string', default: '' },
    seed: { type: 'string', default: '1' },
  },
});
const COUNT = Number(values.count);
const TIMEOUT = 500;
const OUTCOMES = ['right', 'wrong', 'failed', 'hung', 'poisoned'] as const;
/** Stores that ask a server at an address. */
const STORES_AT: Readonly<Record<string, (address: string) => Store>> = {
  'a server': (address) => new CacheServerStore(address, undefined, TIMEOUT),
  'a bucket of a server': (address) => {
    const credentials = { AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret' };
    Object.assign(process.env, credentials, { AWS_ENDPOINT_URL: address });
    return new S3Store('s3://packages/go', TIMEOUT);
  },
};
const folder = mkdtempSync(join(temporaryFolder('bench'), 'store-faults-'));
let bad = 0;

/** Tries a fault, as often as it takes, and prints what came of it. */
async function count(name: string, attempt: (random: Random) => Promise<Outcome & { tried: number }>): Promise<void> {
  if (!name.includes(values.only)) return;
  const random = new Random(`${values.seed} ${name}`);
  const ends = Object.fromEntries(OUTCOMES.map((end) => [end, 0])) as Record<Outcome['end'], number>;
  let [tried, fetched, loud] = [0, 0, 0];
  while (tried < COUNT) {
    const outcome = await attempt(random);
    ends[outcome.end]++;
    tried += outcome.tried;
    fetched += outcome.fetched;
    // The line at the end is none.
    if (outcome.said.length > 2) loud++;
  }
  bad += ends.wrong + ends.failed + ends.hung + ends.poisoned + loud;
  const counts = OUTCOMES.map((end) => `${end} ${ends[end]}`).join(', ');
  console.log(
    `${name.padEnd(60)} ${tried} tried; builds: ${counts}; with more than one warning ${loud}; ${fetched} taken`,
  );
}

/** A build in which all objects have the fault, of a server or a directory. */
async function withObjects(
  machine: Machine,
  objects: ReadonlyMap<string, Buffer>,
  fault: ObjectFault,
  signer: ObjectSigner,
  random: Random,
): Promise<Outcome & { tried: number }> {
  const contents = [...objects.values()];
  const damaged = [...objects].map(([key, content]) => {
    const others = contents.filter((one) => one !== content);
    return [key, fault(content, random.of(others), random)] as const;
  });
  if (random.chance(0.5)) {
    const store = new DirectoryStore(join(folder, 'directory'));
    for (const [key, content] of damaged) await store.put(key, content);
    return { ...(await machine.build(store, signer)), tried: damaged.length };
  }
  const server = await CacheServer.start();
  try {
    for (const [key, content] of damaged) server.entries.set(key, content);
    const { NX_GOPHER_STORE: address = '', NX_GOPHER_STORE_TOKEN: token } = server.storeSettings;
    const store = new CacheServerStore(address, token, 10_000);
    return { ...(await machine.build(store, signer)), tried: damaged.length };
  } finally {
    await server.stop();
  }
}

function signerOf(): ObjectSigner {
  const keys = generateKeys();
  const [own, trusted] = [signingKey({ NX_GOPHER_SIGNING_KEY: keys.privateKey }), publicKey(keys.publicKey)];
  if (!own || !trusted) throw new Error('no keys were made');
  return {
    sign: (line) => signed(line, own, PACKAGE_DOMAIN),
    isTrusted: (line, signature) => isSignedBy(trusted, line, signature, PACKAGE_DOMAIN),
  };
}

try {
  const machine = await Machine.create(folder);
  const objects = await machine.objects({});
  for (const [name, fault] of Object.entries(OBJECT_FAULTS))
    await count(`objects ${name}`, (random) => withObjects(machine, objects, fault, {}, random));
  const signer = signerOf();
  const sealed = await machine.objects(signer);
  for (const [name, fault] of Object.entries({ ...OBJECT_FAULTS, ...FORGERIES }))
    await count(`signed objects ${name}`, (random) => withObjects(machine, sealed, fault, signer, random));
  for (const [kind, storeAt] of Object.entries(STORES_AT))
    for (const name of Object.keys(SERVER_FAULTS))
      await count(`${kind} ${name}`, async (random) => {
        const server = await FaultyServer.start(objects, name, random);
        const store = storeAt(server.address);
        return { ...(await machine.build(store, {}).finally(() => server.stop())), tried: 1 };
      });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = bad > 0 ? 1 : 0;
