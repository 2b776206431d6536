import { existsSync } from 'node:fs';
import { basename, delimiter, join } from 'node:path';

import { mustRun } from './command.js';
import { environment } from './environment.js';
import { internetModules } from './internet-modules.js';
import { temporaryFolder } from './temporary-folder.js';

/** Programs that tests run, as their users get them. */
export const GO_TOOLS = {
  govulncheck: 'golang.org/x/vuln/cmd/govulncheck@v1.9.0',
  golangciLint: 'github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0',
  staticcheck: 'honnef.co/go/tools/cmd/staticcheck@v0.8.2',
} as const;

/** A PATH with programs of fixed versions at its head; each is built once for all runs on a machine. */
export async function pathWithTools(...tools: readonly (keyof typeof GO_TOOLS)[]): Promise<string> {
  const folders: string[] = [];
  for (const tool of tools) {
    const [path = '', version = ''] = GO_TOOLS[tool].split('@');
    const folder = temporaryFolder(basename(path), version);
    if (!existsSync(join(folder, basename(path)))) {
      const settings = { ...internetModules(), GOBIN: folder };
      await mustRun('go', ['install', GO_TOOLS[tool]], folder, environment(settings));
    }
    folders.push(folder);
  }
  return [...folders, process.env['PATH'] ?? ''].join(delimiter);
}
