import { posix } from 'node:path';

/** What a target looks into: the graph infers it from the options of the build. */
export interface ScanFacts {
  /** The target of the same project that builds the binary. */
  readonly target: string;
  /** The names that its file can have. */
  readonly names: readonly string[];
  /** The module's directory, relative to the workspace's root. */
  readonly moduleDir: string;
}

const FILES: Readonly<Record<string, string>> = {
  json: 'govulncheck.json',
  sarif: 'govulncheck.sarif',
  openvex: 'govulncheck.openvex.json',
};

/** Where a report on a project's program goes, relative to the workspace's root. */
export function reportPath(projectDir: string, format: string): string {
  return posix.join('vulnerabilities', projectDir, FILES[format] ?? format);
}
