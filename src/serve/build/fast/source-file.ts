import { createHash } from 'node:crypto';

import { readRegularFile, statOf } from '../../../files.js';
import { shortId } from '../../../go/actions/hash-trace.js';
import { goHeader } from '../../../go/sources/header.js';
import { isSameStamp, stampOf, type Stamp } from '../../../workspace/kept/stamp.js';

/** What a look at a file finds: `other` where more has changed than what the compiler alone reads. */
export type Look = 'same' | 'edited' | 'other';

/** A file that a package is compiled from, as it was last looked at. */
export class SourceFile {
  #stamp: Stamp = [];
  #header: string | undefined;

  /** @param id of its content, as it stands in the action of the package. @param path absolute. */
  constructor(
    readonly name: string,
    readonly path: string,
    private contentId: string,
  ) {}

  get id(): string {
    return this.contentId;
  }

  get isGo(): boolean {
    return this.name.endsWith('.go');
  }

  /** Takes it as it is now, unless that is `other`. */
  look(): Look {
    const now = Date.now();
    const stat = statOf(this.path);
    if (!stat) return 'other';
    const stamp = stampOf(stat, now);
    if (isSameStamp(stamp, this.#stamp)) return 'same';
    const content = contentOf(this.path);
    if (!content) return 'other';
    const id = shortId(createHash('sha256').update(content).digest());
    const isSame = id === this.contentId;
    if (isSame && this.#header !== undefined) {
      this.#stamp = stamp;
      return 'same';
    }
    const header = this.isGo ? digest(goHeader(content.toString('latin1'))) : '';
    // Of a file that has changed before it was first looked at nobody knows what it was.
    if (!isSame && (!this.isGo || header !== this.#header)) return 'other';
    this.#header = header;
    this.#stamp = stamp;
    this.contentId = id;
    return isSame ? 'same' : 'edited';
  }
}

function contentOf(path: string): Buffer | undefined {
  try {
    return readRegularFile(path);
  } catch {
    return undefined;
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text, 'latin1').digest('base64');
}
