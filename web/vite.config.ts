import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { themeCssPlugin } from './build/theme-css.ts'

export default defineConfig({
  plugins: [react(), themeCssPlugin()],
  server: {
    // The Origin check of the server compares with Host, so the host must reach it unchanged.
    proxy: { '/api': { target: process.env['TENFOUR_API'] ?? 'http://localhost:8000', ws: true, changeOrigin: false } },
  },
  build: {
    outDir: 'dist',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
  test: {
    environment: 'happy-dom',
    setupFiles: ['./src/test/setup.ts'],
    css: false,
  },
})
