import { crc32 } from 'node:zlib';

/** Bytes of a message around its headers and its payload: two lengths and the checksum of these; that of all. */
const [PRELUDE, CHECKSUM] = [12, 4] as const;
/** The type of a header whose value is text. */
const TEXT = 7;

/** A message of the encoding in which AWS streams events (`application/vnd.amazon.eventstream`). */
export function eventMessage(type: string, contentType: string, payload: Buffer): Buffer {
  const headers = Buffer.concat([
    header(':message-type', 'event'),
    header(':event-type', type),
    header(':content-type', contentType),
  ]);
  const message = Buffer.alloc(PRELUDE + headers.length + payload.length + CHECKSUM);
  message.writeUInt32BE(message.length, 0);
  message.writeUInt32BE(headers.length, 4);
  message.writeUInt32BE(crc32(message.subarray(0, 8)), 8);
  headers.copy(message, PRELUDE);
  payload.copy(message, PRELUDE + headers.length);
  const end = message.length - CHECKSUM;
  message.writeUInt32BE(crc32(message.subarray(0, end)), end);
  return message;
}

function header(name: string, value: string): Buffer {
  const head = Buffer.from([name.length, ...Buffer.from(name), TEXT, 0, 0]);
  head.writeUInt16BE(value.length, head.length - 2);
  return Buffer.concat([head, Buffer.from(value)]);
}
