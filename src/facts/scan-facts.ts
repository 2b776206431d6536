import { posix } from 'node:path';

/** What a target looks into: the graph infers it from the options of the build. */
export interface ScanFacts {
  /** The target of the same project that builds the binary. */
  readonly target: string;
  /** The names that its file can have. */
  readonly names: readonly string[];
  /** The module's directory, relative to the workspace's root. */
  readonly moduleDir: string;
  /** Whether it looks into the sources of the program, and not into its binary. */
  readonly source?: true;
}

const FILES = {
  json: 'govulncheck.json',
  sarif: 'govulncheck.sarif',
  openvex: 'govulncheck.openvex.json',
  text: 'govulncheck.txt',
} as const;

/** A format of what is found. */
export type ReportFormat = keyof typeof FILES;
export const REPORT_FORMATS = Object.keys(FILES) as readonly ReportFormat[];

/** The name of a report. */
export function reportFile(format: ReportFormat): string {
  return FILES[format];
}

/** Where a report on a project's program goes, relative to the workspace's root. */
export function reportPath(projectDir: string, format: string): string {
  const file = REPORT_FORMATS.find((one) => one === format);
  return posix.join('vulnerabilities', projectDir, file === undefined ? format : FILES[file]);
}
