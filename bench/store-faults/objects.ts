import { brotliCompressSync } from 'node:zlib';

import type { Random } from '../../testing/random/random.js';

/** Something that is wrong with an object. @param other another package's object. */
export type ObjectFault = (content: Buffer, other: Buffer, random: Random) => Buffer;

/** What an object says of itself. */
interface Head {
  key: unknown;
  importPath: unknown;
  entry: { action?: unknown; output?: unknown; size?: unknown };
}

/** What may happen to an object, or be done to it by who has no key. */
export const OBJECT_FAULTS: Readonly<Record<string, ObjectFault>> = {
  'changed bytes': (content, _other, random) => {
    const changed = Buffer.from(content);
    for (const at of random.some(1 + random.below(8), 0, content.length)) changed[at]! ^= 1 + random.below(255);
    return changed;
  },
  'changed bytes of the body': (content, _other, random) => {
    const changed = Buffer.from(content);
    const at = bodyStart(content) + random.below(content.length - bodyStart(content));
    changed[at]! ^= 1 + random.below(255);
    return changed;
  },
  'cut off': (content, _other, random) => content.subarray(0, random.below(content.length)),
  'with more at the end': (content, other) => Buffer.concat([content, other]),
  swapped: (_content, other) => other,
  'with the body of another': (content, other) =>
    Buffer.concat([content.subarray(0, bodyStart(content)), other.subarray(bodyStart(other))]),
  'said to be larger than anything': (content, _other, random) =>
    withHead(content, ({ entry }) => (entry.size = random.of([1e12, 2 ** 53, -1, 1e400, '9999999999', null]))),
  'a bomb': (content, _other, random) => {
    const size = random.of([1000, 50_000_000]);
    const head = withHead(content, ({ entry }) => (entry.size = size)).subarray(0, -1);
    return Buffer.concat([head.subarray(0, bodyStart(head)), BOMB]);
  },
  'with ids that are paths': (content, _other, random) =>
    withHead(content, ({ entry }) => {
      const path = random.of(['../../../../escaped', '/tmp/nx-gopher-escaped', `..${'/'.repeat(62)}`, 'a/'.repeat(32)]);
      entry[random.of(['action', 'output'] as const)] = path;
    }),
  'with other values': (content, _other, random) =>
    withHead(content, (head) => {
      const value = random.of([null, 5, [], {}, '', true, '__proto__', 'x'.repeat(20_000)]);
      if (random.chance(0.5)) head[random.of(['key', 'entry', 'importPath'] as const)] = value as never;
      else head.entry[random.of(['action', 'output', 'size'] as const)] = value;
    }),
  'something else': (_content, _other, random) =>
    random.of([
      Buffer.alloc(0),
      Buffer.from('<html><body>Sign in</body></html>'),
      Buffer.from('{"message":"not found"}\n\n\n'),
      Buffer.from('nx-gopher package 2\nnull\n\n'),
      Buffer.from('nx-gopher package 2\n{"entry":null}\n\n'),
      Buffer.alloc(100_000, '\n'),
      Buffer.alloc(1_000_000, random.below(256)),
    ]),
};

/** What who may write to a store can do: only signatures find it. */
export const FORGERIES: Readonly<Record<string, ObjectFault>> = {
  'under the name of another compile': (content, other) =>
    withHead(content, ({ entry }) => (entry.action = headOf(other).entry.action)),
  'the body of another, and all that it says of it': (content, other) => {
    const { output, size } = headOf(other).entry;
    const head = withHead(content, ({ entry }) => Object.assign(entry, { output, size }));
    return Buffer.concat([head.subarray(0, bodyStart(head)), other.subarray(bodyStart(other))]);
  },
  'not signed': (content) => {
    const [format, line] = lines(content);
    return Buffer.concat([Buffer.from(`${format}\n${line}\n\n`), content.subarray(bodyStart(content))]);
  },
  'with the signature of another': (content, other) => {
    const [format, line] = lines(content);
    return Buffer.concat([
      Buffer.from(`${format}\n${line}\n${lines(other)[2]}\n`),
      content.subarray(bodyStart(content)),
    ]);
  },
};

const BOMB = brotliCompressSync(Buffer.alloc(200_000_000));

function lines(content: Buffer): string[] {
  return content.subarray(0, bodyStart(content)).toString('utf8').split('\n');
}

function headOf(content: Buffer): Head {
  return JSON.parse(lines(content)[1] ?? '') as Head;
}

/** With something else that it says of itself; signature and body stay. */
function withHead(content: Buffer, change: (head: Head) => void): Buffer {
  const [format, , signature] = lines(content);
  const head = headOf(content);
  change(head);
  return Buffer.concat([
    Buffer.from(`${format}\n${JSON.stringify(head)}\n${signature}\n`),
    content.subarray(bodyStart(content)),
  ]);
}

/** Where the third line ends. */
function bodyStart(content: Buffer): number {
  let at = 0;
  for (let line = 0; line < 3; line++) at = content.indexOf('\n', at) + 1;
  return at;
}
