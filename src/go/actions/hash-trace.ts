import { createHash } from 'node:crypto';

import { unquote } from '../sources/quoted-strings.js';

/** What go made the id of an action from: to compile a package, or to link a program. */
export interface HashedAction {
  /** In order; the first is the version of go. */
  readonly pieces: readonly string[];
  /** In hexadecimal. */
  readonly sum: string;
  /** Where the files lie that it names, by their name in it. */
  readonly paths: ReadonlyMap<string, string>;
}

const LINE = /^HASH\[((?:build|link) [^\]]+)\](?:: (".*"|[0-9a-f]{64}))?$/;
const FILE_LINE = /^HASH (.+): [0-9a-f]{64}$/;
const FILE_PIECE = /^file (.*) \S+\n$/s;
/** A package of the standard library, which nobody edits. */
const STANDARD = /^omitdebug \S+ standard true /;

/**
 * Reads what the go command prints with `GODEBUG=gocachehash=1` (cmd/go/internal/cache/hash.go): all that goes into the
 * hashes by which it names the results of its actions.
 *
 * None of it is documented. So each hash is computed once more from what was read, and an action whose hash comes out
 * otherwise, or which two actions of one name were hashed for, is not among the {@link actions}.
 */
export class HashTrace {
  /** By `build import/path` and `link import/path`; packages of the standard library are left out. */
  readonly actions = new Map<string, HashedAction>();
  readonly #open = new Map<string, { pieces: string[]; paths: Map<string, string> }>();
  readonly #refused = new Set<string>();
  /** Programs have most of their pieces in common. */
  readonly #known = new Map<string, string>();
  #lastFile = '';

  add(line: string): void {
    if (!line.startsWith('HASH[')) {
      this.#lastFile = FILE_LINE.exec(line)?.[1] ?? this.#lastFile;
      return;
    }
    const [, name, value] = LINE.exec(line) ?? [];
    if (name === undefined) return;
    const open = this.#open.get(name);
    if (value === undefined) this.#open.set(name, { pieces: [], paths: new Map() });
    else if (!value.startsWith('"')) this.#close(name, value);
    else if (open) this.#addPiece(open, value);
  }

  #addPiece({ pieces, paths }: { pieces: string[]; paths: Map<string, string> }, value: string): void {
    const piece = unquote(value) ?? '';
    const known = this.#known.get(piece) ?? piece;
    this.#known.set(known, known);
    pieces.push(known);
    const [, file] = FILE_PIECE.exec(piece) ?? [];
    // The file is hashed right before; a file that was hashed earlier is not named again.
    if (file !== undefined && this.#lastFile.replaceAll('\\', '/').endsWith(`/${file}`))
      paths.set(file, this.#lastFile);
    this.#lastFile = '';
  }

  #close(name: string, sum: string): void {
    const { pieces, paths } = this.#open.get(name) ?? { pieces: [], paths: new Map<string, string>() };
    this.#open.delete(name);
    const other = this.actions.get(name);
    if (hashOf(pieces).toString('hex') !== sum || (other && other.sum !== sum)) this.#refused.add(name);
    if (this.#refused.has(name)) this.actions.delete(name);
    else if (!pieces.some((piece) => STANDARD.test(piece))) this.actions.set(name, { pieces, paths, sum });
  }
}

/** The hash of an action, from what it is made of. */
export function hashOf(pieces: readonly (string | Buffer)[]): Buffer {
  const hash = createHash('sha256');
  for (const piece of pieces) hash.update(piece);
  return hash.digest();
}

/** A hash as it stands in build ids (cmd/internal/buildid). */
export function shortId(hash: Buffer): string {
  return hash.subarray(0, 15).toString('base64url');
}
