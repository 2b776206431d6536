import type { Files } from '../workspace/files.js';

/** A JavaScript project `web` beside the Go code: Nx runs its build, and nothing of Go reads it. */
export const WEB: Files = {
  'web/project.json': `${JSON.stringify(
    {
      name: 'web',
      targets: {
        build: {
          command: 'node web/build.mjs',
          cache: true,
          inputs: ['{projectRoot}/**/*', { externalDependencies: [] }],
          outputs: ['{workspaceRoot}/dist/web'],
        },
      },
    },
    null,
    2,
  )}\n`,
  'web/build.mjs': `import { cpSync } from 'node:fs';\n\ncpSync('web/page.txt', 'dist/web/page.txt');\n`,
  'web/page.txt': 'a page\n',
};
