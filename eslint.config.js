import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

const NX_INTERNALS = {
  group: ['nx/src/*', 'nx/src/**', '@nx/devkit/internal', '@nx/devkit/src/**'],
  message: 'Use a file of src/nx, the one door to the internals of Nx, or add one with its spec.',
};

export default tseslint.config(
  { ignores: ['dist/**', 'node_modules/**', 'examples/*/**', '**/*.cjs', '**/*.d.ts'] },
  ...tseslint.configs.recommended,
  prettier,
  {
    rules: {
      'max-lines': ['error', { max: 260, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['warn', { max: 45, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
    },
  },
  {
    // What Nx does not promise to keep is used through src/nx, whose specs run against every supported Nx.
    ignores: ['src/nx/**'],
    rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns: [NX_INTERNALS] }] },
  },
  { files: ['**/*.spec.ts', 'e2e/**', 'testing/**'], rules: { 'max-lines-per-function': 'off' } },
);
