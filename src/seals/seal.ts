/** A file that a task has made. */
export interface SealedFile {
  /** Relative to the workspace's root, with forward slashes. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Permissions in octal, e.g. `755`; `link` for a symbolic link, whose content is where it leads to. */
  readonly mode: string;
  readonly sha256: string;
}

/** Which task made which files. */
export interface Seal {
  readonly version: 1;
  readonly project: string;
  readonly target: string;
  readonly configuration?: string;
  /** The task's hash, where the process that made the seal knows it: see `taskHash`. */
  readonly hash?: string;
  readonly files: readonly SealedFile[];
}

/** What vouches for a seal. */
export interface Stamp {
  readonly kind: 'ed25519' | 'machine';
  /** Base64. */
  readonly value: string;
}

/** A seal as it lies in a file: what is vouched for are the bytes of its first line. */
export interface SealFile {
  readonly body: string;
  readonly seal: Seal;
  readonly stamps: readonly Stamp[];
}

/** The first line of a seal's file. */
export function sealBody({ version, project, target, configuration, hash, files }: Seal): string {
  return JSON.stringify({ version, project, target, configuration, hash, files });
}

/** A seal's file: the seal as JSON in the first line, and a line for each stamp. */
export function sealText(body: string, stamps: readonly Stamp[]): string {
  return [body, ...stamps.map(({ kind, value }) => `${kind} ${value}`), ''].join('\n');
}

/** Reads a seal's file; undefined when it is none of this version. */
export function parseSeal(text: string): SealFile | undefined {
  const [body = '', ...lines] = text.split('\n');
  let seal: unknown;
  try {
    seal = JSON.parse(body);
  } catch {
    return undefined;
  }
  // A seal has one way to be written: what nobody reads cannot differ unseen.
  if (!isSeal(seal) || sealBody(seal) !== body) return undefined;
  const stamps = lines.flatMap((line): Stamp[] => {
    const [, kind, value] = /^(ed25519|machine) (\S+)$/.exec(line) ?? [];
    return kind === 'ed25519' || kind === 'machine' ? [{ kind, value: value ?? '' }] : [];
  });
  return { body, seal, stamps };
}

function isSeal(value: unknown): value is Seal {
  const { version, project, target, files } = Object(value) as Partial<Seal>;
  return version === 1 && typeof project === 'string' && typeof target === 'string' && isFiles(files);
}

function isFiles(files: unknown): files is readonly SealedFile[] {
  return (
    Array.isArray(files) &&
    files.every((file: unknown) => {
      const { path, size, mode, sha256 } = Object(file) as Partial<SealedFile>;
      return [path, mode, sha256].every((text) => typeof text === 'string') && typeof size === 'number';
    })
  );
}
