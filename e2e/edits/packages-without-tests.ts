import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import type { Measurement } from '../../testing/measuring/measure.js';

/**
 * The test tasks of projects without a test file: every package has a test target, so that its first test adds none.
 */
export function testsWithoutTests(root: string, { projects, tasks }: Measurement): string[] {
  return Object.keys(tasks).filter((task) => {
    const project = task.slice(0, -':test'.length);
    return task === `${project}:test` && !readdirSync(join(root, projects[project] ?? '')).some(isTest);
  });
}

function isTest(name: string): boolean {
  return name.endsWith('_test.go');
}
