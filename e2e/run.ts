// Runs the end-to-end tests, those of the files that the arguments name or all: packs the plugin, and makes what the
// test files share, once and before them, so that several can run side by side.
import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

import { moduleProxy } from '../testing/module-proxy/proxy.js';
import { fillGoCaches } from '../testing/workspace/go-caches.js';
import { installation, pluginTarball } from '../testing/workspace/installation.js';
import { NX_23, NX_24 } from '../testing/workspace/nx-versions.js';
import { anotherToolchain } from '../testing/workspace/toolchain.js';

const JEST = fileURLToPath(new URL('../node_modules/jest/bin/jest.js', import.meta.url));

moduleProxy();
await Promise.all([...[NX_24, NX_23].map((version) => installation(version)), anotherToolchain(), fillGoCaches()]);
process.env['NX_GOPHER_TARBALL'] = await pluginTarball();

// Nx and go each keep more than one processor busy at times and none at others: a test file for each does best.
const options = ['--selectProjects=e2e', `--maxWorkers=${availableParallelism()}`, ...process.argv.slice(2)];
const { status } = spawnSync(process.execPath, ['--experimental-vm-modules', JEST, ...options], { stdio: 'inherit' });
process.exitCode = status ?? 1;
