// Installs the dependencies where there are none yet, so that the npm scripts work in a fresh clone.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Runs npm; what it prints is shown, or returned where it may fail. */
function npm(command, stdio) {
  return spawnSync(`npm ${command}`, { cwd: root, shell: true, encoding: 'utf8', stdio });
}

// npm writes this file last: a node_modules without it is one whose installation was broken off.
if (!existsSync(new URL('../node_modules/.package-lock.json', import.meta.url))) {
  console.log('Installing dependencies (npm ci) ...');
  const clean = npm('ci', 'pipe');
  if (clean.status !== 0) {
    // npm ci refuses a lock file that lacks the binaries of other platforms (a registry that does not have them leaves
    // them out); npm install takes the same versions from it, and with --no-save changes no file of the repository.
    console.log('npm ci does not take the lock file; npm install does ...');
    const { status } = npm('install --no-save', 'inherit');
    if (status !== 0) {
      console.error(`${clean.stderr ?? ''}${clean.error?.message ?? ''}\nThe dependencies could not be installed.`);
      process.exit(1);
    }
  }
}
