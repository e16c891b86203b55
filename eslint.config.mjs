import tseslint from 'typescript-eslint';
import { layers } from './scripts/lint/layers.mjs';

export default tseslint.config(
  {
    ignores: [
      '**/node_modules/',
      '**/dist/',
      '.venv/',
      '.stemma/',
      'extension/lib/',
      'extension/jupyterlab_stemma/',
      'tests/artefacts/',
      'examples/data/',
      'docs/.vitepress/cache/',
    ],
  },
  tseslint.configs.recommended,
  {
    files: ['**/*.{ts,mjs,js}'],
    rules: {
      eqeqeq: 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    // What a CommonJS package exports as a whole.
    files: ['lib/src/**/*.ts'],
    rules: { '@typescript-eslint/no-require-imports': ['error', { allowAsImport: true }] },
  },
  {
    // CommonJS: the kernel loads tslab late, behind a compiler of its own.
    files: ['kernel-bridge/src/**/*.ts'],
    rules: {
      '@typescript-eslint/no-require-imports': 'off',
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
    },
  },
  {
    // What libraries print ends up in someone's notebook, which is what warnings are for.
    files: [
      'document/src/**/*.ts',
      'lib/src/**/*.ts',
      'views/src/**/*.ts',
      'extension/src/**/*.ts',
      'monitor/src/**/*.ts',
    ],
    ignores: ['lib/src/util/warn-once.ts'],
    rules: { 'no-console': 'error' },
  },
  {
    files: [
      'document/src/**/*.ts',
      'lib/src/**/*.ts',
      'kernel-bridge/src/**/*.ts',
      'views/src/**/*.ts',
      'extension/src/**/*.ts',
      'monitor/src/**/*.ts',
    ],
    languageOptions: {
      parserOptions: {
        project: [
          'document/tsconfig.json',
          'lib/tsconfig.json',
          'kernel-bridge/tsconfig.json',
          'views/tsconfig.json',
          'extension/tsconfig.json',
          'monitor/tsconfig.json',
        ],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    // JupyterLab's custom: the options of IFoo are IFoo.IOptions.
    files: ['extension/src/**/*.ts', 'views/src/**/*.ts'],
    rules: { '@typescript-eslint/no-namespace': 'off' },
  },
  layers,
);
