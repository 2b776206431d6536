import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import type { Files } from '../workspace/files.js';
import { temporaryFolder } from '../workspace/temporary-folder.js';
import { EXTERNAL_MODULES, type ExternalModule } from './modules.js';
import { zip } from './zip.js';

/** A folder that the go command takes modules from, as `GOPROXY=file://…`. */
export interface ModuleProxy {
  readonly folder: string;
  /** Digest of all it serves: keys the module cache, where a version's content may never change. */
  readonly digest: string;
}

let written: ModuleProxy | undefined;

/** The proxy that serves {@link EXTERNAL_MODULES}, written once. */
export function moduleProxy(): ModuleProxy {
  return (written ??= writeProxy(EXTERNAL_MODULES));
}

/** Writes a proxy that serves these modules, where there is none yet. */
export function writeProxy(modules: readonly ExternalModule[]): ModuleProxy {
  const digest = sha256(JSON.stringify(modules)).toString('hex').slice(0, 16);
  const folder = join(temporaryFolder('module-proxy'), digest);
  if (existsSync(folder)) return { folder, digest };
  const unfinished = `${folder}.${process.pid}`;
  for (const { path, version, files } of modules) {
    const write = (name: string, content: string | Buffer) => {
      const file = join(unfinished, path, '@v', name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
    };
    const versions = modules.filter((other) => other.path === path).map((other) => other.version);
    write('list', `${versions.join('\n')}\n`);
    write(`${version}.info`, JSON.stringify({ Version: version, Time: '2025-01-01T00:00:00Z' }));
    write(`${version}.mod`, files['go.mod'] ?? '');
    write(`${version}.zip`, zip(archived(path, version, files)));
  }
  renameSync(unfinished, folder);
  return { folder, digest };
}

/** The go.sum lines of a module's version; `'go.mod'` gives only the line of its go.mod file. */
export function goSum(path: string, version: string, only?: 'go.mod'): string {
  const module = EXTERNAL_MODULES.find((candidate) => candidate.path === path && candidate.version === version);
  if (!module) throw new Error(`no external module ${path}@${version}`);
  return sumLines(module, only);
}

/** As {@link goSum}, of any module. */
export function sumLines({ path, version, files }: ExternalModule, only?: 'go.mod'): string {
  const manifest = `${path} ${version}/go.mod ${h1({ 'go.mod': files['go.mod'] ?? '' })}\n`;
  return only ? manifest : `${path} ${version} ${h1(archived(path, version, files))}\n${manifest}`;
}

function archived(path: string, version: string, files: Files): Files {
  return Object.fromEntries(Object.entries(files).map(([name, content]) => [`${path}@${version}/${name}`, content]));
}

/** Go's `h1:` digest of a set of files (golang.org/x/mod/sumdb/dirhash). */
function h1(files: Files): string {
  const names = Object.keys(files).sort();
  const lines = names.map((name) => `${sha256(files[name] ?? '').toString('hex')}  ${name}\n`);
  return `h1:${sha256(lines.join('')).toString('base64')}`;
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
