/** A file of an archive. */
export interface ArchiveEntry {
  /** Path inside the archive, with forward slashes and without a leading one. */
  readonly path: string;
  readonly content: Uint8Array;
  /** Whether it may be run: its permissions are then 0755, else 0644. Nothing else of the disk's mode is kept. */
  readonly executable: boolean;
}

/** Permission bits of an entry. */
export function modeOf({ executable }: ArchiveEntry): number {
  return executable ? 0o755 : 0o644;
}

/**
 * Entries in the order of an archive: by path, byte for byte, so that it depends on no locale and no file system.
 */
export function inOrder(entries: readonly ArchiveEntry[]): ArchiveEntry[] {
  return [...entries].sort((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)));
}
