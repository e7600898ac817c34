import { resolve } from 'node:path'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { svelteTesting } from '@testing-library/svelte/vite'
import { defineConfig } from 'vitest/config'

const alias = { '@shared': resolve(import.meta.dirname, 'src-shared') }

/**
 * `unit` and `component` run on the user's Node; `engine` loads the real TensorFlow and the real
 * SQLite, under Electron's own Node (see resources/setup/test.mjs), one process per file because
 * TensorFlow can be loaded only once in a process.
 */
export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          name: 'unit',
          environment: 'node',
          include: ['tests/{unit,reference,property,setup}/**/*.test.ts'],
          testTimeout: 30_000
        }
      },
      {
        resolve: { alias },
        plugins: [svelte(), svelteTesting()],
        test: {
          name: 'component',
          environment: 'happy-dom',
          include: ['tests/component/**/*.test.ts']
        }
      },
      {
        resolve: { alias },
        test: {
          name: 'engine',
          environment: 'node',
          pool: 'forks',
          fileParallelism: false,
          include: ['tests/{engine,session,cli}/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000
        }
      }
    ]
  }
})
