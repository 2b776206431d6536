import { writeFiles } from './files.js';

/** A vulnerability of a database that a test makes. */
export interface Vulnerability {
  readonly id: string;
  readonly module: string;
  readonly symbols: readonly string[];
  readonly fixed?: string;
}

/** Writes a vulnerability database into a directory, as https://vuln.go.dev has it. */
export function writeDatabase(dir: string, modified: string, vulnerabilities: readonly Vulnerability[]): void {
  const modules = new Map<string, object[]>();
  for (const { id, module, fixed } of vulnerabilities)
    modules.set(module, [...(modules.get(module) ?? []), { id, modified, ...(fixed ? { fixed } : {}) }]);
  writeFiles(dir, {
    'index/db.json': JSON.stringify({ modified }),
    'index/modules.json': JSON.stringify([...modules].map(([path, vulns]) => ({ path, vulns }))),
    'index/vulns.json': JSON.stringify(vulnerabilities.map(({ id }) => ({ id, modified }))),
    ...Object.fromEntries(vulnerabilities.map((one) => [`ID/${one.id}.json`, JSON.stringify(entry(one, modified))])),
  });
}

function entry({ id, module, symbols, fixed }: Vulnerability, modified: string): object {
  const events = [{ introduced: '0' }, ...(fixed ? [{ fixed }] : [])];
  return {
    schema_version: '1.3.1',
    id,
    modified,
    published: modified,
    summary: `Something is wrong in ${module}`,
    details: 'Made by a test.',
    affected: [
      {
        package: { name: module, ecosystem: 'Go' },
        ranges: [{ type: 'SEMVER', events }],
        ecosystem_specific: { imports: [{ path: module, symbols }] },
      },
    ],
    database_specific: { url: `https://pkg.go.dev/vuln/${id}`, review_status: 'REVIEWED' },
  };
}
