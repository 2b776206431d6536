import { join } from 'node:path';

import type { ProjectGraph } from '@nx/devkit';

import { fileDigest } from './file-digest.js';
import { hashPart } from './hash-part.js';
import { listedFiles } from './listed-files.js';
import { partText } from './part-texts.js';
import type { RecordedPart } from './recorded-part.js';

/** Records parts of hashes: each once, whatever the number of tasks that hold it. */
export class PartRecorder {
  readonly #parts = new Map<string, Promise<RecordedPart>>();

  /** @param known parts that were recorded before: what has the same hash is not looked at again. */
  constructor(
    private readonly root: string,
    private readonly graph: ProjectGraph,
    known: Iterable<RecordedPart>,
  ) {
    for (const part of known) this.#parts.set(idOf(part.name, part.hash), Promise.resolve(part));
  }

  /** @param nodes the hash of each part by its name, as Nx gives them for a task. */
  all(nodes: Readonly<Record<string, string>>): Promise<RecordedPart[]> {
    return Promise.all(Object.entries(nodes).map(([name, hash]) => this.#one(name, hash)));
  }

  #one(name: string, hash: string): Promise<RecordedPart> {
    const id = idOf(name, hash);
    const part = this.#parts.get(id) ?? this.#record(name, hash);
    this.#parts.set(id, part);
    return part;
  }

  async #record(name: string, hash: string): Promise<RecordedPart> {
    const part = hashPart(name);
    if (part.kind === 'files') {
      const files = listedFiles(this.root, part.globs);
      return { name, hash, files: new Map(files.map((path) => [path, fileDigest(join(this.root, path))])) };
    }
    const text = await partText(this.root, this.graph, name, part);
    return { name, hash, ...(text === undefined ? {} : { text }) };
  }
}

function idOf(name: string, hash: string): string {
  return `${hash} ${name}`;
}
