import { createHash } from 'node:crypto';
import { posix } from 'node:path';

import type { ArchiveEntry } from './archive-entry.js';
import type { ImageOptions } from './schema.js';
import { gzip, tar } from './tar.js';

/** What an image holds for one platform. */
export interface PlatformContent {
  readonly platform: { readonly goos: string; readonly goarch: string };
  readonly entries: readonly ArchiveEntry[];
}

/** A reference to a blob, as the OCI image specification writes it. */
interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
}

const TYPES = {
  index: 'application/vnd.oci.image.index.v1+json',
  manifest: 'application/vnd.oci.image.manifest.v1+json',
  config: 'application/vnd.oci.image.config.v1+json',
  layer: 'application/vnd.oci.image.layer.v1.tar+gzip',
} as const;

/** The user of an image that names none: no system gives this id to anybody, so it may do nothing special. */
const NOBODY = '65532:65532';
/** All dates of an image, so that equal programs give equal images. */
const EPOCH = '1970-01-01T00:00:00Z';

/**
 * A container image without a base, as a tar of an OCI image layout, which needs no docker daemon to be made. With
 * one platform it has docker's own manifest.json too, so that `docker load` takes it, whatever its version.
 *
 * @param program path of the program in the image, without a leading slash.
 */
export async function ociImage(
  platforms: readonly PlatformContent[],
  program: string,
  options: ImageOptions & { readonly name: string },
): Promise<Buffer> {
  const blobs = new Blobs();
  const images = await Promise.all(platforms.map((content) => addImage(content, program, options, blobs)));
  const { name, tag = 'latest' } = options;
  const [first] = images;
  const whole =
    images.length === 1 && first
      ? first.manifest
      : blobs.addJson(TYPES.index, { manifests: images.map(({ manifest }) => manifest) });
  const named = { ...whole, annotations: { 'org.opencontainers.image.ref.name': tag } };
  return tar(
    [
      ...blobs.entries(),
      json('oci-layout', { imageLayoutVersion: '1.0.0' }),
      json('index.json', { schemaVersion: 2, mediaType: TYPES.index, manifests: [named] }),
      ...(images.length === 1 && first
        ? [json('manifest.json', [{ Config: first.config, RepoTags: [`${name}:${tag}`], Layers: [first.layer] }])]
        : []),
    ],
    { withParents: true },
  );
}

/** Adds the blobs of one platform's image; gives the paths that docker's manifest.json wants. */
async function addImage(
  { platform, entries }: PlatformContent,
  program: string,
  options: ImageOptions,
  blobs: Blobs,
): Promise<{ manifest: Descriptor & { platform: object }; config: string; layer: string }> {
  // Programs expect a place for temporary files.
  const uncompressed = await tar(entries, { withParents: true, directories: [{ path: 'tmp', mode: 0o1777 }] });
  const layer = blobs.add(TYPES.layer, gzip(uncompressed));
  const system = { architecture: platform.goarch, os: platform.goos };
  const config = blobs.addJson(TYPES.config, {
    created: EPOCH,
    ...system,
    config: runConfig(program, options),
    rootfs: { type: 'layers', diff_ids: [digestOf(uncompressed)] },
    history: [{ created: EPOCH, created_by: 'nx-gopher' }],
  });
  const manifest = blobs.addJson(TYPES.manifest, { config, layers: [layer] });
  return { manifest: { ...manifest, platform: system }, config: blobPath(config), layer: blobPath(layer) };
}

function runConfig(program: string, options: ImageOptions): Record<string, unknown> {
  const {
    user = NOBODY,
    entrypoint = [`/${program}`],
    cmd,
    env = {},
    labels,
    workingDir = '/',
    exposedPorts,
  } = options;
  const path = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' };
  return {
    User: user,
    ...(exposedPorts ? { ExposedPorts: Object.fromEntries(exposedPorts.map((port) => [port, {}])) } : {}),
    Env: Object.entries({ ...path, ...env }).map(([name, value]) => `${name}=${value}`),
    Entrypoint: entrypoint,
    ...(cmd ? { Cmd: cmd } : {}),
    WorkingDir: workingDir,
    ...(labels ? { Labels: labels } : {}),
  };
}

/** Contents that are named by their digests. */
class Blobs {
  readonly #contents = new Map<string, Uint8Array>();

  add(mediaType: string, content: Uint8Array): Descriptor {
    const digest = digestOf(content);
    this.#contents.set(digest, content);
    return { mediaType, digest, size: content.length };
  }

  addJson(mediaType: string, value: object): Descriptor {
    const versioned = mediaType === TYPES.config ? value : { schemaVersion: 2, mediaType, ...value };
    return this.add(mediaType, Buffer.from(JSON.stringify(versioned)));
  }

  entries(): ArchiveEntry[] {
    return [...this.#contents].map(([digest, content]) => ({ path: blobPath({ digest }), content, executable: false }));
  }
}

function blobPath({ digest }: Pick<Descriptor, 'digest'>): string {
  return posix.join('blobs', digest.replace(':', '/'));
}

function json(path: string, value: unknown): ArchiveEntry {
  return { path, content: Buffer.from(JSON.stringify(value)), executable: false };
}

function digestOf(content: Uint8Array): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}
