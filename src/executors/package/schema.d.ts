import type { GoTargetOptions } from '../task/task.js';

/** Options of `nx-gopher:package`, see schema.json. */
export interface PackageExecutorOptions extends GoTargetOptions {
  readonly format?: 'zip' | 'tar.gz' | 'image';
  readonly platforms?: readonly string[];
  readonly architecture?: 'amd64' | 'arm64';
  readonly outputPath?: string;
  readonly files?: readonly (string | ExtraFiles)[];
  readonly gate?: readonly string[];
  readonly image?: ImageOptions;
}

/** Files of the workspace that go into a package. */
export interface ExtraFiles {
  readonly source: string;
  readonly target?: string;
  readonly executable?: boolean;
}

/** How a container of the image runs. */
export interface ImageOptions {
  readonly name?: string;
  readonly tag?: string;
  readonly user?: string;
  readonly entrypoint?: readonly string[];
  readonly cmd?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
  readonly workingDir?: string;
  readonly exposedPorts?: readonly string[];
}
