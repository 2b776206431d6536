import type { Finding } from '../../go/linting/finding.js';

/** Findings as a log of SARIF 2.1.0, for code scanning. Their files are relative to the workspace's root. */
export function sarif(linter: string, findings: readonly Finding[]): string {
  const rules = [...new Set(findings.map(({ check }) => check))].sort().map((id) => ({ id }));
  const results = findings.map(({ file, line, column, text, check }) => ({
    ruleId: check,
    level: 'error',
    message: { text },
    locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(file) }, region: region(line, column) } }],
  }));
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver: { name: linter, rules } }, results }],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function uriOf(file: string): string {
  return file.split('/').map(encodeURIComponent).join('/');
}

/** Lines and columns count from one: what is said of a file as a whole has none. */
function region(line: number, column: number): { startLine: number; startColumn?: number } {
  return { startLine: Math.max(line, 1), ...(column > 0 ? { startColumn: column } : {}) };
}
