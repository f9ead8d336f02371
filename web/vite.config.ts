import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { budgetPlugin, firstScreen } from './build/budget.ts'
import { compressPlugin } from './build/compress.ts'
import { partsPlugin } from './build/parts.ts'
import { themeCssPlugin } from './build/theme-css.ts'

const target = process.env['TENFOUR_API'] ?? 'http://localhost:8000'

export default defineConfig({
  plugins: [react(), partsPlugin(), themeCssPlugin(), compressPlugin(), budgetPlugin()],
  server: {
    // The server answers only its own Origin, on sockets too.
    proxy: { '/api': { target, ws: true, changeOrigin: true, rewriteWsOrigin: true, headers: { origin: target } } },
  },
  build: {
    outDir: 'dist',
    assetsInlineLimit: 0,
    modulePreload: false, // build/parts.ts
    chunkSizeWarningLimit: 700,
    rolldownOptions: { output: { codeSplitting: firstScreen } },
  },
  test: {
    environment: 'happy-dom',
    setupFiles: ['./src/test/setup.ts'],
    css: false,
  },
})
