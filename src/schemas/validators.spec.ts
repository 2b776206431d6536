import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { build, type Plugin } from 'esbuild';
import { execa } from 'execa';

import { WRONG_VALUES } from '../../testing/options/wrong-values.js';
import { packageFile } from '../package-root.js';

// Below the package's folder: the code looks for the schemas there.
const FOLDER = packageFile('node_modules/.cache', `validators-${process.pid}`);
const BUNDLE = join(FOLDER, 'option-problems.mjs');

/** The code that the package holds in place of ajv, bundled as the build bundles it. */
beforeAll(async () => {
  const script = packageFile('scripts/validators.mjs');
  const { validators } = (await import(script)) as { validators: Plugin };
  const { metafile, outputFiles } = await build({
    entryPoints: [packageFile('src/schemas/option-problems.ts')],
    ...{ bundle: true, platform: 'node', format: 'esm', mainFields: ['module', 'main'], metafile: true, write: false },
    plugins: [validators],
  });
  // Nothing but what the written code calls, such as the length of texts.
  const ofAjv = Object.keys(metafile.inputs).filter((file) => file.includes('node_modules/ajv/'));
  expect(ofAjv.filter((file) => !file.includes('ajv/dist/runtime/'))).toEqual([]);
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(BUNDLE, outputFiles[0]?.text ?? '');
});
afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

it('written when the package is built, say what ajv says', async () => {
  const script = `
    import { optionProblems } from ${JSON.stringify(BUNDLE)};
    const all = ${JSON.stringify(WRONG_VALUES)};
    console.log(JSON.stringify(all.map(([kind, options]) => optionProblems(kind, options))));`;
  const { stdout } = await execa(process.execPath, ['--input-type=module', '-e', script]);
  const found = JSON.parse(stdout) as { path: string; message: string }[][];
  expect(found.map((problems) => problems.map(({ path, message }) => `${path} ${message}`))).toEqual(
    WRONG_VALUES.map(([, , message]) => [message]),
  );
});
