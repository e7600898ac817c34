import js from '@eslint/js'
import svelte from 'eslint-plugin-svelte'
import globals from 'globals'
import ts from 'typescript-eslint'
import svelteConfig from './svelte.config.js'

/** The directions between the trees; .dependency-cruiser.cjs checks the same over the whole graph. */
const forbid = (...patterns) => ({
  'no-restricted-imports': ['error', { patterns }]
})
const node = { group: ['node:*', 'fs', 'path', 'os', 'child_process'], message: 'no Node here' }
const electron = { group: ['electron', 'electron/*'], message: 'no Electron here' }
const main = { group: ['**/src-main/**'], message: 'src-main is out of reach from here' }
const renderer = {
  group: ['**/src-renderer/**'],
  message: 'src-renderer is out of reach from here'
}
const native = {
  group: ['@tensorflow/*', 'better-sqlite3', 'drizzle-orm', 'drizzle-orm/*'],
  message: 'native parts and the database belong to the engine'
}

export default ts.config(
  { ignores: ['out', 'dist', 'node_modules', 'artefacts'] },
  js.configs.recommended,
  ...ts.configs.strictTypeChecked,
  ...svelte.configs['flat/recommended'],
  {
    languageOptions: {
      parserOptions: { projectService: true, extraFileExtensions: ['.svelte'] }
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true }
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      'no-restricted-properties': [
        'error',
        {
          object: 'Math',
          property: 'random',
          message: 'Results must be reproducible: draw from src-shared/random instead.'
        }
      ]
    }
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      globals: globals.browser,
      parserOptions: { parser: ts.parser, svelteConfig }
    }
  },
  {
    files: ['**/*.js', '**/*.mjs', '**/*.cjs'],
    extends: [ts.configs.disableTypeChecked],
    languageOptions: { globals: globals.node }
  },
  { files: ['src-shared/**'], rules: forbid(node, electron, main, renderer, native) },
  { files: ['src-renderer/**'], rules: forbid(node, electron, main, native) },
  { files: ['src-main/**'], rules: forbid(renderer) },
  {
    files: ['src-main/engine/**', 'src-main/session/**', 'src-main/cli/**'],
    rules: forbid(renderer, electron)
  },
  {
    files: ['tests/**'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-return': 'off'
    }
  }
)
