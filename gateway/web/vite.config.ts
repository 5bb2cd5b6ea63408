// The pages: built into files whose names hold their own digest, each with its compressed form beside it.
import { defineConfig } from 'vite'
import { compressed } from './plugins/compressed.ts'
import { tsv } from './plugins/tsv.ts'

export default defineConfig({
  base: '/',
  // The gateway writes a fresh nonce in place of this word (gateway/api/pages.cc).
  html: { cspNonce: '__NONCE__' },
  esbuild: { jsx: 'automatic', legalComments: 'none' },
  plugins: [tsv(), compressed()],
  worker: { format: 'es' },
  build: {
    target: 'chrome90',
    assetsDir: 'assets',
    assetsInlineLimit: 0,
    emptyOutDir: true,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1200,
    sourcemap: false,
  },
})
