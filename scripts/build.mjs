// Builds dist: declarations with tsc, code with esbuild. Each file that Nx or npm names is bundled with the libraries
// it uses, and what several of them use is a chunk: to load their 400 small files would cost each nx command a tenth
// of a second, and each that runs a Go task two.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

import { pagePlugin } from './page-code.mjs';
import { validators } from './validators.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const json = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** The proof: no part of src, and loaded by src/cli/prove.ts. It runs the program that measures in the workspace. */
const PROOF = { in: 'exactness/prove.ts', out: 'exactness/prove' };
const MEASURING = 'testing/measuring/in-workspace.cjs';

/** The files of dist that others load, by what package.json, executors.json and generators.json say. */
function entryPoints() {
  const { exports, bin, peerDependencies } = json('package.json');
  const { executors } = json('executors.json');
  const { generators } = json('generators.json');
  const files = [
    exports['.'].default,
    exports['./generate-state'],
    exports['./vuln-state'],
    ...Object.values(bin),
    ...[...Object.values(executors), ...Object.values(generators)].flatMap(({ implementation, batchImplementation }) =>
      [implementation, batchImplementation].filter(Boolean),
    ),
  ];
  // A generator may have two names.
  const entries = files.map((file) => file.replace(/^\.\/dist\/(.*)\.js$/, '$1'));
  const sources = [...new Set(entries)].map((entry) => ({ in: `src/${entry}.ts`, out: entry }));
  return { sources: [...sources, PROOF], external: Object.keys(peerDependencies) };
}

/**
 * The schema of the executor that all kinds of batched targets share: all that one of them takes. Values are checked
 * for the kind when its tasks run, and defaults are those of the kind.
 */
function sharedSchema() {
  const { executors } = json('executors.json');
  const kinds = Object.keys(executors).filter((name) => name !== 'go' && executors[name].batchImplementation);
  const description = `What the target does: ${kinds.join(', ')}.`;
  const properties = { kind: { type: 'string', description, examples: kinds } };
  const all = kinds.flatMap((kind) =>
    Object.entries(json(`src/executors/${kind}/schema.json`).properties).map(([name, property]) => ({
      kind,
      name,
      property,
    })),
  );
  for (const { name, property } of all) {
    const { default: preset, ...rest } = property;
    const same = all.filter((other) => other.name === name);
    const texts = [...new Set(same.map(({ property: own }) => own.description))].map((text) => {
      const of = same.filter(({ property: own }) => own.description === text);
      return `${of.map(({ kind }) => kind).join(', ')}: ${text}`;
    });
    const usual = preset === undefined ? '' : ` ${JSON.stringify(preset)} when not given.`;
    properties[name] ??= { ...rest, description: `${texts.join(' ')}${usual}` };
  }
  const { $schema, version } = json('src/executors/build/schema.json');
  const head = { $schema, version, title: 'Go', description: executors.go.description, type: 'object' };
  return { ...head, properties, required: [], additionalProperties: true };
}

/**
 * What Nx is given as the schema of an executor: it coerces the words of the command line by it, and shows it. It takes
 * any value, because at a wrong one Nx would end the process of a batch with all its tasks; the task refuses it.
 */
function lenientSchema({ properties, ...schema }) {
  const anything = { $ref: '#/definitions/anything' };
  const types = ['string', 'number', 'boolean', 'null', 'object'].map((type) => ({ type }));
  const lenient = ([name, { anyOf = [], ...property }]) => [name, { ...property, anyOf: [...anyOf, anything] }];
  return {
    ...schema,
    properties: Object.fromEntries(Object.entries(properties).map(lenient)),
    definitions: { anything: { anyOf: [...types, { type: 'array', items: anything }] } },
  };
}

/** The licences of the libraries in the bundle, which ask to go with every copy. */
function licences(inputs) {
  const libraries = new Set(
    Object.keys(inputs).flatMap((file) => /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []),
  );
  return [...libraries].sort().map((folder) => {
    const { name, version, license } = json(`${folder}/package.json`);
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file ? readFileSync(`${folder}/${file}`, 'utf8').trim() : `Licence: ${license}`;
    return `${name} ${version}\n\n${text}\n`;
  });
}

/** Where tsc keeps the declarations, and what it needs to write again only those that changed. */
const DECLARATIONS = 'node_modules/.cache/declarations';

/** Copies the declarations that `exports` reaches: nobody can import the others. */
function copyDeclarations() {
  const reached = new Set([json('package.json').exports['.'].types.replace(/^\.\/dist\//, '')]);
  // A Set visits what is added while iterating it.
  for (const file of reached) {
    const text = readFileSync(join(DECLARATIONS, file), 'utf8');
    for (const [, path] of text.matchAll(/(?:from|import) ?\(?['"](\.[^'"]+)\.js['"]/g)) {
      reached.add(`${posix.join(posix.dirname(file), path)}.d.ts`);
    }
    mkdirSync(dirname(join('dist', file)), { recursive: true });
    cpSync(join(DECLARATIONS, file), join('dist', file));
  }
}

rmSync('dist', { recursive: true, force: true });
// While the code is bundled, the declarations are made.
const tsc = spawn(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], {
  stdio: 'inherit',
});
const tscEnd = once(tsc, 'exit');
const { sources, external } = entryPoints();
const pageInputs = {};
const { metafile } = await build({
  entryPoints: sources,
  external,
  outdir: 'dist',
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  metafile: true,
  platform: 'node',
  // Where a package has ES modules too, take those: esbuild cannot follow what a UMD module requires.
  mainFields: ['module', 'main'],
  target: 'node20.19',
  format: 'esm',
  // For libraries that are CommonJS modules and require those of Node.
  banner: {
    js: "import { createRequire as requireOf } from 'node:module';\nconst require = requireOf(import.meta.url);",
  },
  plugins: [validators, pagePlugin((inputs) => Object.assign(pageInputs, inputs))],
  legalComments: 'none',
  logLevel: 'warning',
});
checkRequires(Object.keys(metafile.outputs));
copyFileSync(MEASURING, 'dist/exactness/in-workspace.cjs');
for (const kind of Object.keys(json('executors.json').executors)) {
  const schema = kind === 'go' ? sharedSchema() : json(`src/executors/${kind}/schema.json`);
  writeFileSync(`dist/executors/${kind}/schema.json`, `${JSON.stringify(lenientSchema(schema), null, 2)}\n`);
}
writeFileSync('dist/LICENSES.txt', licences({ ...metafile.inputs, ...pageInputs }).join(`\n${'-'.repeat(80)}\n\n`));
const [exitCode] = await tscEnd;
if (exitCode !== 0) process.exit(1);
copyDeclarations();

/** Throws where a bundled module still requires a file next to it, which is not in the package. */
function checkRequires(files) {
  for (const file of files) {
    const [left] = /\brequire\w*\(["']\.{1,2}\/[^)]*\)/.exec(readFileSync(file, 'utf8')) ?? [];
    if (left) throw new Error(`${file} calls ${left}, but nothing but bundles is in the package`);
  }
}
