import { createHash } from 'node:crypto';
import { resolve } from 'node:path';

import { linkTarget, readRegularFile, statOf } from '../../files.js';
import { parseModFile, type Directive } from '../../go/modules/mod-file.js';
import { isSameStamp, stampOf, type Stamp } from '../kept/stamp.js';

/** A go.mod, go.sum, go.work, go.work.sum or vendor/modules.txt as it was when it was read. */
export class Manifest {
  private parsed: readonly Directive[] | undefined;

  constructor(
    /** Whether there is such a file, be it readable or not. */
    readonly exists: boolean,
    /** Empty where there is none that can be read. */
    readonly text: string,
    /** Of the bytes that the text was made from; empty where there is no file. */
    readonly digest: string,
    readonly stamp: Stamp,
    /** The file, from the workspace's root, that symbolic links lead to; undefined without links, or outside of it. */
    readonly target: string | undefined = undefined,
    /** Whether it is a named pipe, say, or a device: go would not come to an end. */
    readonly isEndless = false,
  ) {}

  /** What a go.mod or go.work says; parsed once. */
  get directives(): readonly Directive[] {
    return (this.parsed ??= parseModFile(this.text));
  }
}

const ABSENT = new Manifest(false, '', '', []);

/** The manifests of a workspace at one time: whoever asks, each is read once. */
export class Manifests {
  private readonly read = new Map<string, Manifest>();

  constructor(
    /** The workspace's root, absolute. */
    readonly root: string,
    private readonly before?: Manifests,
  ) {}

  /** @param file from the workspace's root, or absolute; one outside of the workspace is read, too. */
  at(file: string): Manifest {
    const path = resolve(this.root, file);
    let manifest = this.read.get(path);
    if (!manifest) this.read.set(path, (manifest = readManifest(this.root, path, this.before?.read.get(path))));
    return manifest;
  }

  /** The manifests as they are now: those that have changed since are read again, the others are not. */
  now(): Manifests {
    return new Manifests(this.root, this);
  }
}

function readManifest(root: string, path: string, known: Manifest | undefined): Manifest {
  const now = Date.now();
  const stat = statOf(path);
  // The go command takes no directory of that name for a manifest either.
  if (!stat || stat.isDirectory()) return ABSENT;
  const stamp = stampOf(stat, now);
  if (known && isSameStamp(stamp, known.stamp)) return known;
  try {
    const content = readRegularFile(path);
    const digest = createHash('sha1').update(content).digest('base64');
    return new Manifest(true, content.toString('utf8'), digest, stamp, linkTarget(root, path));
  } catch (error) {
    // The go command meets the same, and its message names the file.
    const { code } = error as NodeJS.ErrnoException;
    return new Manifest(true, '', `unreadable: ${code}`, [], undefined, code === 'ENOTREG');
  }
}
