import { fork } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, it, jest } from '@jest/globals';

import { settingsIn, type RunSettings } from './run-settings.js';

jest.setTimeout(60_000);

it.each<[string, Record<string, string>, unknown, RunSettings]>([
  ['nx build shop', {}, undefined, { bail: false }],
  ['nx build shop --parallel=4', {}, undefined, { parallel: 4, bail: false }],
  ['nx run-many --parallel 4 -t build', {}, 7, { parallel: 4, bail: false }],
  ['nx run-many -t build --parallel=4 --parallel=2', {}, undefined, { parallel: 2, bail: false }],
  [
    'nx run-many --parallel=50%',
    {},
    undefined,
    { parallel: Math.max(1, Math.floor(availableParallelism() / 2)), bail: false },
  ],
  ['nx run-many --parallel=0', {}, undefined, { parallel: 1, bail: false }],
  ['nx run-many --parallel=false', {}, 7, { parallel: 1, bail: false }],
  ['nx run-many --no-parallel', {}, 7, { parallel: 1, bail: false }],
  // The bare flag takes what else there is.
  ['nx run-many --parallel -t build', {}, undefined, { bail: false }],
  ['nx run-many --parallel -t build', { NX_PARALLEL: '5' }, undefined, { parallel: 5, bail: false }],
  ['nx run-many --parallel --max-parallel=6', { NX_PARALLEL: '5' }, undefined, { parallel: 6, bail: false }],
  ['nx run-many --maxParallel=6', {}, undefined, { bail: false }],
  ['nx run-many', { NX_PARALLEL: '5' }, 7, { parallel: 5, bail: false }],
  ['nx run-many --parallel=2', { NX_PARALLEL: '5' }, 7, { parallel: 2, bail: false }],
  ['nx run-many', {}, 7, { parallel: 7, bail: false }],
  ['nx run-many', {}, 'many', { bail: false }],
  ['nx test shop -- --parallel=4 --nxBail', {}, undefined, { bail: false }],
  ['nx run-many --nxBail', {}, undefined, { bail: true }],
  ['nx run-many --nx-bail=true', {}, undefined, { bail: true }],
  ['nx run-many --nxBail=false', { NX_BAIL: 'true' }, undefined, { bail: false }],
  ['nx run-many --no-nxBail', { NX_BAIL: 'true' }, undefined, { bail: false }],
  ['nx run-many', { NX_BAIL: 'true' }, undefined, { bail: true }],
])('%s with %j and %j in nx.json', (line, env, ofNxJson, expected) => {
  expect(settingsIn(line.split(' '), env, ofNxJson)).toEqual(expected);
});

const tellsCommandLines = process.platform === 'win32' ? it.skip : it;

tellsCommandLines('reads the command line of the process that started this one', async () => {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'nx-gopher-spec-')));
  try {
    const module = join(process.cwd(), 'src/nx/run-settings.ts');
    writeFileSync(join(dir, 'package.json'), '{ "type": "module" }');
    writeFileSync(
      join(dir, 'worker.ts'),
      `import { runSettings } from ${JSON.stringify(module)};\nprocess.send(runSettings({ parallel: 7 }));\n`,
    );
    // In the place of Nx: it forks a worker, and hands on what that says.
    writeFileSync(
      join(dir, 'nx.mjs'),
      `import { fork } from 'node:child_process';\n` +
        `fork(process.argv[2]).on('message', (message) => process.send(message, () => process.exit()));\n`,
    );
    const settings = await new Promise((resolve, reject) => {
      const execArgv = ['--import', import.meta.resolve('tsx')];
      const nx = fork(join(dir, 'nx.mjs'), [join(dir, 'worker.ts'), '--parallel=4', '--nxBail'], { execArgv });
      nx.on('message', resolve);
      nx.on('exit', (code) => reject(new Error(`ended with ${code}`)));
    });
    expect(settings).toEqual({ parallel: 4, bail: true });
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});
