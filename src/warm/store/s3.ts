import { addAbortSignal, type Readable } from 'node:stream';

import type { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';

import { messageOf } from '../../message-of.js';
import { Bodies } from './bodies.js';
import { inTime } from './in-time.js';
import { StoreError, type Store } from './store.js';

/** As of a cache server. */
const WIDTH = 64;
const LIBRARY = '@aws-sdk/client-s3';
const ADDRESS = /^s3:\/\/([a-z0-9][a-z0-9.-]+[a-z0-9])(?:\/+([\w!.*'()/ =-]*))?$/;
/** What no later request would be answered otherwise for. */
const LASTING = new Set(['CredentialsProviderError', 'NoSuchBucket', 'TokenProviderError']);

/** What the client library offers, as far as it is used. */
interface Library {
  readonly S3Client: typeof S3Client;
  readonly GetObjectCommand: typeof GetObjectCommand;
  readonly PutObjectCommand: typeof PutObjectCommand;
}

/** Whether this names a bucket, well or not. */
export function isBucket(place: string): boolean {
  return place.startsWith('s3://');
}

/**
 * A bucket of storage with the interface of S3, by the client library of AWS, which the workspace has to have: it finds
 * endpoint, region and credentials as it does everywhere else.
 */
export class S3Store implements Store {
  readonly width = WIDTH;
  readonly name: string;
  readonly #bucket: string;
  readonly #prefix: string;
  readonly #bodies: Bodies;
  #opened: Promise<{ readonly library: Library; readonly client: S3Client }> | undefined;

  /**
   * @param address `s3://bucket/prefix`
   * @param timeout milliseconds that a request may take, its body and the search for credentials included.
   * @throws Error for what is no such address.
   */
  constructor(
    address: string,
    private readonly timeout: number,
  ) {
    const [, bucket, prefix = ''] = ADDRESS.exec(address) ?? [];
    // What is wrong with it may be a password in it.
    if (bucket === undefined) throw new Error('The store of compiled packages must be s3://bucket/prefix.');
    this.#bucket = bucket;
    this.#prefix = prefix.replace(/\/+$/, '');
    this.name = ['s3:/', bucket, this.#prefix].filter((part) => part !== '').join('/');
    this.#bodies = new Bodies(this.name);
  }

  get(key: string): Promise<Buffer | undefined> {
    return this.#within(async ({ library, client }, abortSignal) => {
      const command = new library.GetObjectCommand(this.#object(key));
      const { Body, ContentLength = 0 } = await client.send(command, { abortSignal });
      const body = addAbortSignal(abortSignal, Body as Readable);
      return this.#bodies.read(body as AsyncIterable<Uint8Array>, ContentLength).finally(() => {
        body.on('error', () => undefined).destroy();
      });
    }).catch((error: unknown) => {
      if (error instanceof Error && error.name === 'NoSuchKey') return undefined;
      throw this.#failure(error);
    });
  }

  async put(key: string, content: Buffer): Promise<void> {
    await this.#within(({ library, client }, abortSignal) => {
      const object = { ...this.#object(key), Body: content, ContentType: 'application/octet-stream' };
      return client.send(new library.PutObjectCommand(object), { abortSignal });
    }).catch((error: unknown) => {
      throw this.#failure(error);
    });
  }

  #object(key: string): { Bucket: string; Key: string } {
    return { Bucket: this.#bucket, Key: this.#prefix === '' ? key : `${this.#prefix}/${key}` };
  }

  /** The library ends requests by the signal, but looks for credentials as long as it takes. */
  async #within<Result>(
    work: (opened: { library: Library; client: S3Client }, signal: AbortSignal) => Promise<Result>,
  ): Promise<Result> {
    const opened = await (this.#opened ??= this.#open());
    return inTime(this.name, this.timeout, (signal) => work(opened, signal));
  }

  async #open(): Promise<{ library: Library; client: S3Client }> {
    const library = await import('@aws-sdk/client-s3').catch((error: unknown) => {
      const isMissing = (error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND';
      const why = isMissing ? `needs ${LIBRARY}: npm install --save-dev ${LIBRARY}` : messageOf(error).split('\n')[0];
      throw new StoreError(`${this.name} ${why}`, true);
    });
    const agent = { keepAlive: true, maxSockets: WIDTH };
    const client = new library.S3Client({
      // Names of buckets are no names of hosts where the endpoint is a server of one's own.
      forcePathStyle: Boolean(process.env['AWS_ENDPOINT_URL_S3'] || process.env['AWS_ENDPOINT_URL']),
      requestHandler: { httpAgent: agent, httpsAgent: agent, connectionTimeout: this.timeout },
      // Not every storage knows the newer checksums; what comes is held against its digest anyway.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    });
    return { library, client };
  }

  /** Of what the library says only names and numbers are told: its messages may hold what a credential helper said. */
  #failure(error: unknown): StoreError {
    if (error instanceof StoreError) return error;
    const { name, code, $metadata } = error as Error & { code?: string; $metadata?: { httpStatusCode?: number } };
    const status = $metadata?.httpStatusCode;
    if (status === undefined && /region is missing/i.test(messageOf(error)))
      return new StoreError(`${this.name} needs a region: set AWS_REGION`, true);
    if (name === 'CredentialsProviderError') return new StoreError(`${this.name}: there are no credentials`, true);
    const isLasting = LASTING.has(name) || [301, 400, 401, 403, 405].includes(status ?? 0);
    const what = status === undefined ? (code ?? name) : `answered ${status} ${name}`;
    return new StoreError(`${this.name}${status === undefined ? ':' : ''} ${what}`, isLasting);
  }
}
