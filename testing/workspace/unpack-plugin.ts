import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { mustRun } from './command.js';
import { environment } from './environment.js';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly bin: Readonly<Record<string, string>>;
  readonly engines: object;
  readonly peerDependencies: object;
}

/** The fields of package.json and package-lock.json that change when a package is added. */
interface NpmFile {
  devDependencies?: Record<string, string>;
  packages?: Record<string, object>;
}

/**
 * Does to a folder with an installed Nx what `npm install --save-dev <tarball>` does, without npm: unpacks the
 * plugin, which has no dependencies of its own, and enters it in the manifest and both lock files. Each file that is
 * written is a new one: the folder may share the others with the installation that it was copied from.
 */
export async function unpackPlugin(tarball: string, folder: string): Promise<void> {
  const plugin = join(folder, 'node_modules', 'nx-gopher');
  mkdirSync(plugin);
  await mustRun('tar', ['-xzf', tarball, '--strip-components=1', '-C', plugin], folder, environment());
  const manifest = JSON.parse(readFileSync(join(plugin, 'package.json'), 'utf8')) as Manifest;
  linkPrograms(manifest, folder);
  const source = `file:${basename(tarball)}`;
  const entry = lockEntry(manifest, source, readFileSync(tarball));
  edit(join(folder, 'package.json'), (file) => addDependency(file, source));
  edit(join(folder, 'package-lock.json'), (file) => {
    addDependency(file.packages?.[''] ?? {}, source);
    file.packages = { ...file.packages, 'node_modules/nx-gopher': entry };
  });
  edit(join(folder, 'node_modules', '.package-lock.json'), (file) => {
    file.packages = { ...file.packages, 'node_modules/nx-gopher': entry };
  });
}

function linkPrograms({ name, bin }: Manifest, folder: string): void {
  for (const [program, file] of Object.entries(bin)) {
    chmodSync(join(folder, 'node_modules', name, file), 0o755);
    symlinkSync(join('..', name, file), join(folder, 'node_modules', '.bin', program));
  }
}

function lockEntry(manifest: Manifest, source: string, content: Buffer): object {
  const { version, license, bin, engines, peerDependencies } = manifest;
  return {
    version,
    resolved: source,
    integrity: `sha512-${createHash('sha512').update(content).digest('base64')}`,
    dev: true,
    license,
    bin: Object.fromEntries(Object.entries(bin).map(([program, file]) => [program, file.replace(/^\.\//, '')])),
    engines,
    peerDependencies,
  };
}

function addDependency(file: NpmFile, source: string): void {
  file.devDependencies = { ...file.devDependencies, 'nx-gopher': source };
}

function edit(file: string, change: (content: NpmFile) => void): void {
  const content = JSON.parse(readFileSync(file, 'utf8')) as NpmFile;
  change(content);
  rmSync(file);
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
}
