import { resolve } from 'node:path'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'electron-vite'
import { developmentContentSecurityPolicy } from './src-main/app/content-security-policy'

const at = (path: string) => resolve(import.meta.dirname, path)
const alias = { '@shared': at('src-shared') }

/** In development pages come from Vite, so the policy is put into the page; built ones get it as a header. */
const policyInPage = {
  name: 'content-security-policy',
  apply: 'serve' as const,
  transformIndexHtml: () => [
    {
      tag: 'meta',
      injectTo: 'head-prepend' as const,
      attrs: {
        'http-equiv': 'Content-Security-Policy',
        content: developmentContentSecurityPolicy
      }
    }
  ]
}

export default defineConfig({
  main: {
    resolve: { alias },
    build: {
      outDir: 'out/main',
      rolldownOptions: {
        input: {
          index: at('src-main/app/index.ts'),
          engine: at('src-main/app/engine-process.ts'),
          cli: at('src-main/cli/index.ts'),
          'kernel-worker': at('src-main/engine/kernels/kernel-worker.ts')
        }
      }
    }
  },
  preload: {
    resolve: { alias },
    build: {
      outDir: 'out/preload',
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: at('src-main/app/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' }
      }
    }
  },
  renderer: {
    root: at('src-renderer'),
    resolve: { alias },
    plugins: [policyInPage, svelte({ configFile: at('svelte.config.js') })],
    build: {
      outDir: at('out/renderer'),
      rolldownOptions: { input: { index: at('src-renderer/index.html') } }
    }
  }
})
