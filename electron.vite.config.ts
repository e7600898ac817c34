import { resolve } from 'node:path'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'electron-vite'

const at = (path: string) => resolve(import.meta.dirname, path)
const alias = { '@shared': at('src-shared') }

const everywhere =
  "default-src 'none'; script-src 'self'; img-src 'self' data: blob:; font-src 'self' data:; " +
  "object-src 'none'; base-uri 'none'; form-action 'none'; "

/** The page's content security policy: no inline scripts, nothing remote; Vite's live reload only in development. */
const contentSecurityPolicy = (apply: 'serve' | 'build') => ({
  name: `content-security-policy-${apply}`,
  apply,
  transformIndexHtml: () => [
    {
      tag: 'meta',
      injectTo: 'head-prepend' as const,
      attrs: {
        'http-equiv': 'Content-Security-Policy',
        content:
          everywhere +
          (apply === 'serve'
            ? "style-src 'self' 'unsafe-inline'; connect-src 'self' ws:"
            : "style-src-elem 'self'; style-src-attr 'unsafe-inline'; connect-src 'self'")
      }
    }
  ]
})

export default defineConfig({
  main: {
    resolve: { alias },
    build: {
      outDir: 'out/main',
      rolldownOptions: {
        input: {
          index: at('src-main/app/index.ts'),
          engine: at('src-main/app/engine-process.ts'),
          cli: at('src-main/cli/index.ts')
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
    plugins: [
      contentSecurityPolicy('serve'),
      contentSecurityPolicy('build'),
      svelte({ configFile: at('svelte.config.js') })
    ],
    build: {
      outDir: at('out/renderer'),
      rolldownOptions: { input: { index: at('src-renderer/index.html') } }
    }
  }
})
