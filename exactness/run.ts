/**
 * Proves on a copy of a Go workspace that hashes and selection are exact, with the plugin as it lies in this
 * repository: makes random changes, one after another, and compares after each what go builds with what Nx hashes.
 * See docs/exactness.md.
 *
 *   npm run exactness -- --workspace <dir> --mutations 300 --seed 1
 *   npm run exactness -- --fixtures --mutations 2000
 */
import { realpathSync } from 'node:fs';
import { basename } from 'node:path';

import { LAYOUTS } from '../testing/layouts/layouts.js';
import { conduct } from './conduct.js';
import { parseHarnessOptions, type HarnessOptions } from './options.js';
import type { SubjectSource } from './session.js';
import { copySubject } from './workspace/copy.js';
import { fixtureSubject } from './workspace/fixture.js';
import { installRepositoryPlugin } from './workspace/repository-plugin.js';

function main(): Promise<number> {
  const options = parseHarnessOptions(process.argv.slice(2));
  const { workspace, seed } = options;
  return conduct({ ...options, report: options.report ?? 'exactness-report.json' }, subjects(options), (record) => {
    const where = workspace ? `--workspace ${workspace}` : `--fixtures ${record.subject}`;
    return `npm run exactness -- ${where} --seed ${seed} --only ${record.epoch} --jobs 1 --keep`;
  });
}

function subjects({ workspace, fixtures, prepare }: HarnessOptions): SubjectSource[] {
  if (workspace !== undefined) {
    const root = realpathSync(workspace);
    return [{ name: basename(root), open: () => copySubject(root, installRepositoryPlugin, prepare) }];
  }
  const unknown = fixtures?.filter((name) => !LAYOUTS.some((layout) => layout.name === name)) ?? [];
  if (unknown.length) {
    throw new Error(
      `no layout is called ${unknown.join(', ')}; there are ${LAYOUTS.map(({ name }) => name).join(', ')}`,
    );
  }
  const chosen = LAYOUTS.filter(({ name }) => !fixtures?.length || fixtures.includes(name));
  return chosen.map((layout) => ({ name: layout.name, open: () => fixtureSubject(layout) }));
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(2);
  },
);
