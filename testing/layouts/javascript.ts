import type { Files } from '../workspace/files.js';

/** The project.json of a JavaScript project `web` whose build writes to a directory of the workspace. */
export function webProject(output: string): string {
  const build = {
    command: 'node web/build.mjs',
    cache: true,
    inputs: ['{projectRoot}/**/*', { externalDependencies: [] }],
    outputs: [`{workspaceRoot}/${output}`],
  };
  return `${JSON.stringify({ name: 'web', targets: { build } }, null, 2)}\n`;
}

/** A JavaScript project `web` next to the Go code: Nx runs its build, and nothing of Go reads it. */
export const WEB: Files = {
  'web/project.json': webProject('dist/web'),
  'web/build.mjs': `import { cpSync } from 'node:fs';\n\ncpSync('web/page.txt', 'dist/web/page.txt');\n`,
  'web/page.txt': 'a page\n',
};
