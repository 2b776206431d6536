import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

const NX_INTERNALS = {
  regex: '^(nx/src/|@nx/devkit/(internal|src/|dist/))',
  message: 'Use a file of src/nx, the one door to the internals of Nx, or add one with its spec.',
};
const TESTS = {
  regex: '^(\\.\\./)+(e2e|exactness|bench)/',
  message: 'src imports nothing of e2e, exactness and bench; what they share with specs lies in testing.',
};
const KIT = { regex: '^(\\.\\./)+testing/', message: 'Only specs import the kit of tests.' };
const GRAPH = {
  regex: '^(\\.\\./)+graph/',
  message: 'What executors and generators know of the graph comes through src/facts.',
};

/** The rules that keep files from importing what one of the patterns matches, be it when it is needed. */
function noImports(...patterns) {
  const selector = (regex) => `ImportExpression[source.value=/${regex.replaceAll('/', '\\u002f')}/]`;
  return {
    '@typescript-eslint/no-restricted-imports': ['error', { patterns }],
    'no-restricted-syntax': [
      'error',
      ...patterns.map(({ regex, message }) => ({ selector: selector(regex), message })),
    ],
  };
}

/** A plain object finds under `constructor` what it inherits, and loses what is put under `__proto__`. */
const BY_NAME = {
  selector: "TSTypeReference[typeName.name='Record'] > TSTypeParameterInstantiation > TSStringKeyword:first-child",
  message: 'Names of packages, directories and files are keys of a ByName (src/by-name.ts) or a Map, not of an object.',
};

/** As {@link noImports}, with one more rule of syntax: of a file only the last that names it holds. */
function noImportsNor(syntax, ...patterns) {
  const { 'no-restricted-syntax': imports, ...rules } = noImports(...patterns);
  return { ...rules, 'no-restricted-syntax': [...imports, syntax] };
}

export default tseslint.config(
  { ignores: ['dist/**', 'node_modules/**', 'examples/*/**', '**/*.cjs', '**/*.d.ts'] },
  ...tseslint.configs.recommended,
  prettier,
  {
    rules: {
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      // Prettier does not wrap comments.
      'max-len': ['error', { code: 10_000, comments: 120, ignoreUrls: true }],
      'max-lines-per-function': ['error', { max: 40, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
    },
  },
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
    },
  },
  // Of each file the last that names it holds.
  { rules: noImports(NX_INTERNALS) },
  { files: ['src/**'], rules: noImports(NX_INTERNALS, TESTS, KIT) },
  // Wherever names of the workspace are handled.
  {
    files: ['src/{workspace,inputs,graph}/**', 'src/go/listing/**'],
    rules: noImportsNor(BY_NAME, NX_INTERNALS, TESTS, KIT),
  },
  { files: ['src/{executors,generators}/**'], rules: noImports(NX_INTERNALS, TESTS, KIT, GRAPH) },
  { files: ['src/**/*.spec.ts'], rules: noImports(NX_INTERNALS, TESTS) },
  { files: ['src/{executors,generators}/**/*.spec.ts'], rules: noImports(NX_INTERNALS, TESTS, GRAPH) },
  { files: ['src/nx/**'], rules: noImports(TESTS, KIT) },
  { files: ['src/nx/**/*.spec.ts'], rules: noImports(TESTS) },
  { files: ['**/*.spec.ts', 'e2e/**', 'testing/**'], rules: { 'max-lines-per-function': 'off' } },
);
