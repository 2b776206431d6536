import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execa } from 'execa';

import type { ArchiveEntry } from './archive-entry.js';
import { ociImage } from './oci-image.js';
import { gzip, tar } from './tar.js';
import { zip } from './zip.js';

const LONG = `${'long'.repeat(30)}/ä.txt`;
const ENTRIES: readonly ArchiveEntry[] = [
  { path: 'zeta.txt', content: Buffer.from('z'), executable: false },
  { path: LONG, content: Buffer.from('far down'), executable: false },
  { path: 'bootstrap', content: Buffer.alloc(100_000, 'abc'), executable: true },
];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'nx-gopher-spec-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run(file: string, args: readonly string[], env: Record<string, string> = {}): Promise<string[]> {
  return (await execa(file, args, { cwd: folder, env: { TZ: 'UTC', LC_ALL: 'C.UTF-8', ...env } })).stdout.split('\n');
}

function written(name: string, content: Uint8Array): string {
  writeFileSync(join(folder, name), content);
  return name;
}

function digest(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

describe('a zip', () => {
  it('has its entries in order, dated 1980, and one that may be run', async () => {
    const lines = await run('unzip', ['-Z', '-T', '-m', written('a.zip', zip(ENTRIES))]);
    const [bootstrap, ...others] = lines.slice(2, -1).map((line) => line.split(/\s+/));
    expect([bootstrap?.[0], bootstrap?.at(-2), bootstrap?.at(-1)]).toEqual([
      '-rwxr-xr-x',
      '19800101.000000',
      'bootstrap',
    ]);
    expect(others.map((words) => words[0])).toEqual(['-rw-r--r--', '-rw-r--r--']);
  });

  it('unpacks to what was packed, permissions included', async () => {
    await run('unzip', ['-q', '-o', written('b.zip', zip(ENTRIES)), '-d', 'unzipped']);
    for (const { path, content, executable } of ENTRIES) {
      expect(readFileSync(join(folder, 'unzipped', path)).equals(content)).toBe(true);
      expect(statSync(join(folder, 'unzipped', path)).mode & 0o777).toBe(executable ? 0o755 : 0o644);
    }
  });

  it('is the same bytes whatever the order', () => {
    expect(digest(zip([...ENTRIES].reverse()))).toBe(digest(zip(ENTRIES)));
  });

  it('is these bytes on every machine', () => {
    expect(digest(zip(ENTRIES))).toBe('2778dcc3b30b79a3ee9dec114fb4f2642e0dedd5998e412d08483801c6e456a8');
  });
});

describe('a tar.gz', () => {
  it('has its entries in order, dated 1970, of root', async () => {
    const lines = await run('tar', ['-tzvf', written('a.tar.gz', gzip(await tar(ENTRIES)))]);
    expect(lines.map((line) => line.split(/\s+/)[0])).toEqual(['-rwxr-xr-x', '-rw-r--r--', '-rw-r--r--']);
    expect(lines[0]).toMatch(/\b(root|0)[/ ]+(root|0)\b.* 100000 .*1970.* bootstrap$/);
    expect(lines[1]).toMatch(/ä\.txt$/);
  });

  it('unpacks to what was packed', async () => {
    await run('mkdir', ['-p', 'untarred']);
    await run('tar', ['-xzf', written('b.tar.gz', gzip(await tar(ENTRIES))), '-C', 'untarred']);
    for (const { path, content } of ENTRIES) {
      expect(readFileSync(join(folder, 'untarred', path)).equals(content)).toBe(true);
    }
  });

  it('is these bytes on every machine', async () => {
    expect(digest(gzip(await tar([...ENTRIES].reverse())))).toBe(
      '32eb3bd7f71251d32aa1cecdcfc0ca4a47e23b6fa8ba6953dd14fac216f21e59',
    );
  });
});

describe('an image', () => {
  const content = { platform: { goos: 'linux', goarch: 'arm64' }, entries: ENTRIES };

  it('of one platform is an OCI layout that docker loads too', async () => {
    const image = await ociImage([content], 'bootstrap', { name: 'shop/orders', tag: '1.2', env: { LEVEL: 'debug' } });
    await run('mkdir', ['-p', 'image']);
    await run('tar', ['-xf', written('image.tar', image), '-C', 'image']);
    const read = (path: string) => JSON.parse(readFileSync(join(folder, 'image', path), 'utf8'));
    expect(read('oci-layout')).toEqual({ imageLayoutVersion: '1.0.0' });
    const [manifest] = read('index.json').manifests;
    expect(manifest.annotations).toEqual({ 'org.opencontainers.image.ref.name': '1.2' });
    const { config, layers } = read(`blobs/${manifest.digest.replace(':', '/')}`);
    const [docker] = read('manifest.json');
    expect(docker).toEqual({
      Config: `blobs/${config.digest.replace(':', '/')}`,
      RepoTags: ['shop/orders:1.2'],
      Layers: [`blobs/${layers[0].digest.replace(':', '/')}`],
    });
    const described = read(docker.Config);
    expect(described).toMatchObject({ architecture: 'arm64', os: 'linux', created: '1970-01-01T00:00:00Z' });
    expect(described.config.Env).toContain('LEVEL=debug');
    // What the configuration calls the layer's digest is that of the layer before compression.
    const unpacked = await execa('gzip', ['-dc', join(folder, 'image', docker.Layers[0])], { encoding: 'buffer' });
    expect(described.rootfs.diff_ids).toEqual([`sha256:${digest(unpacked.stdout)}`]);
  });

  it('holds a directory for temporary files that all may write to', async () => {
    const image = await ociImage([content], 'bootstrap', { name: 'orders' });
    await run('mkdir', ['-p', 'layers']);
    await run('tar', ['-xf', written('layers.tar', image), '-C', 'layers']);
    const [docker] = JSON.parse(readFileSync(join(folder, 'layers/manifest.json'), 'utf8'));
    const lines = await run('tar', ['-tzvf', join('layers', docker.Layers[0])]);
    expect(lines.find((line) => line.endsWith(' tmp/'))).toMatch(/^drwxrwxrwt/);
    expect(lines.find((line) => line.endsWith(' bootstrap'))).toMatch(/^-rwxr-xr-x/);
  });

  it('is these bytes on every machine', async () => {
    const both = [content, { ...content, platform: { goos: 'linux', goarch: 'amd64' } }];
    expect(digest(await ociImage(both, 'bootstrap', { name: 'orders' }))).toBe(
      'fc8af1af5050bbceba2c69138c2d840a8918012a104d194aa2b13c7a447a1b42',
    );
  });
});
