/** A part of a task's hash, as it was when the task was hashed. */
export interface RecordedPart {
  /** As Nx names it, see `hashPart`. */
  readonly name: string;
  /** Nx's own, of this part. */
  readonly hash: string;
  /**
   * For files: the digest of each, see `fileDigest`, by its path from the workspace's root. All files that lie where
   * the globs look, also those that the globs take out.
   */
  readonly files?: ReadonlyMap<string, string>;
  /** For all else: what it was made from, as far as that can be told. */
  readonly text?: string;
}
