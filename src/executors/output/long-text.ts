import { appendFileSync, closeSync, mkdirSync, openSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';

/** Characters of a text that are kept in memory, half of them from its beginning, half from its end. */
const LIMIT = 2 ** 20;
/** Characters that are written to the file at once. */
const WRITTEN_AT_ONCE = 2 ** 16;

/**
 * A text that grows line by line. At most {@link LIMIT} characters of it stay in memory: Nx keeps the output of all
 * tasks until the last has ended, several times over, and a test may print in a loop without end. A file holds the
 * whole of a longer text.
 */
export class LongText {
  #head = '';
  /** What follows the head; more than what is kept of it, so that it is not cut at every line. */
  #tail = '';
  #length = 0;
  #file: number | undefined;
  #unwritten = '';
  #lost = false;

  /**
   * @param path where a text goes that is too long; the directory is made when it is needed.
   * @param shownPath how the reader is told of it.
   */
  constructor(
    private readonly path: string,
    private readonly shownPath = path,
  ) {}

  get isEmpty(): boolean {
    return this.#length === 0;
  }

  append(text: string): void {
    this.#length += text.length;
    if (this.#length <= LIMIT) {
      this.#head += text;
      return;
    }
    if (this.#length - text.length <= LIMIT) this.#spill();
    this.#tail += text;
    this.#unwritten += text;
    if (this.#unwritten.length > WRITTEN_AT_ONCE) this.#write();
    if (this.#tail.length > LIMIT) this.#tail = copyOf(this.#tail.slice(-LIMIT / 2));
  }

  /** The last line, with its end. */
  lastLine(): string {
    const end = this.#tail || this.#head;
    return copyOf(end.slice(end.lastIndexOf('\n', end.length - 2) + 1));
  }

  endsWith(text: string): boolean {
    return (this.#tail || this.#head).endsWith(text);
  }

  /** The text; of one that is too long the beginning, the end, and where the whole is. */
  toString(): string {
    if (this.#length <= LIMIT) return this.#head;
    this.#write();
    const [start, end] = [upToLineEnd(this.#head), fromLineStart(this.#tail.slice(-LIMIT / 2))];
    const left = this.#length - start.length - end.length;
    const where = this.#lost ? 'and lost: their file could not be written' : `the whole text is in ${this.shownPath}`;
    return `${start}[${left} characters left out, ${where}]\n${end}`;
  }

  /** Forgets all but the last line; a file stays where it is. */
  forget(): void {
    const last = this.lastLine();
    this.#write();
    if (this.#file !== undefined) closeSync(this.#file);
    [this.#file, this.#head, this.#tail, this.#length] = [undefined, last, '', last.length];
  }

  /** As {@link forget}, and removes the file, one that an earlier text left too. */
  discard(): void {
    this.forget();
    rmSync(this.path, { force: true });
  }

  /** Begins the file with what there is so far. */
  #spill(): void {
    try {
      mkdirSync(dirname(this.path), { recursive: true });
      this.#file = openSync(this.path, 'w');
    } catch {
      this.#lost = true;
    }
    this.#unwritten = this.#head;
    this.#tail = this.#head.slice(LIMIT / 2);
    this.#head = copyOf(this.#head.slice(0, LIMIT / 2));
    this.#write();
  }

  #write(): void {
    const text = this.#unwritten;
    this.#unwritten = '';
    if (this.#file === undefined || text === '') return;
    try {
      appendFileSync(this.#file, text);
    } catch {
      // No room on the disk: the tests go on.
      this.#lost = true;
      closeSync(this.#file);
      this.#file = undefined;
    }
  }
}

/** V8 keeps the whole of a text for each slice of it. */
function copyOf(text: string): string {
  return Buffer.from(text).toString();
}

/** Cuts off the piece of a line at an end that the text was cut at. */
function upToLineEnd(text: string): string {
  return text.slice(0, text.lastIndexOf('\n') + 1) || text;
}

function fromLineStart(text: string): string {
  return text.slice(text.indexOf('\n') + 1) || text;
}
