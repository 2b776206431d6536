// Installs the dependencies where there are none yet, so that the npm scripts work in a fresh clone.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

// npm writes this file last: a node_modules without it is one whose installation was broken off.
if (!existsSync(new URL('../node_modules/.package-lock.json', import.meta.url))) {
  console.log('Installing dependencies (npm ci) ...');
  const root = fileURLToPath(new URL('..', import.meta.url));
  const { status } = spawnSync('npm ci', { cwd: root, shell: true, stdio: 'inherit' });
  if (status !== 0) {
    console.error('The dependencies could not be installed: see the error of npm above.');
    process.exit(1);
  }
}
