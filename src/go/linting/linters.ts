import type { Tool } from '../process/find-tool.js';

/** Names of golangci-lint's configuration, in the order in which it looks for them. */
export const GOLANGCI_FILES = ['.golangci.yml', '.golangci.yaml', '.golangci.toml', '.golangci.json'];

/** The linters that are programs of their own; go vet is part of go. */
export const LINTERS = {
  'golangci-lint': {
    command: 'golangci-lint',
    importPath: 'github.com/golangci/golangci-lint/v2/cmd/golangci-lint',
  },
  staticcheck: { command: 'staticcheck', importPath: 'honnef.co/go/tools/cmd/staticcheck' },
} as const satisfies Readonly<Record<string, Tool>>;

/** What the option `linter` takes, the default first. */
export type Linter = keyof typeof LINTERS | 'vet';

/** The program that the option asks for; undefined where go has it. */
export function linterOf({ linter = 'golangci-lint' }: { readonly linter?: unknown }): Tool | undefined {
  return linter === 'golangci-lint' || linter === 'staticcheck' ? LINTERS[linter] : undefined;
}
