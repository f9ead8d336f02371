// Fails a build whose first screen (work, in Chinese) asks for more script than a phone on a slow line should wait for,
// and says how much it is. Called by vite.config.ts.
import { promisify } from 'node:util'
import { brotliCompress } from 'node:zlib'
import type { Plugin } from 'vite'

const AIM = 200 * 1_024 // bytes as they travel (ui.md)
const MOST = 240 * 1_024 // what it has grown to: may only come down
/** What is loaded before the first screen stands, beside the entry: chunks that begin with these modules. */
const FIRST = ['/src/feed/WorkPage.tsx', '/src/i18n/catalogue.zh-Hans.ts', '/src/ui/Markdown.tsx']

export function budgetPlugin(): Plugin {
  return {
    name: 'tenfour-budget',
    apply: 'build',
    async writeBundle(_options, bundle) {
      const chunks = new Map(Object.values(bundle).flatMap((one) => (one.type === 'chunk' ? [[one.fileName, one] as const] : [])))
      const wanted = [...chunks.values()].filter(
        (one) => one.isEntry || FIRST.some((path) => one.facadeModuleId?.endsWith(path) || one.moduleIds.at(-1)?.endsWith(path)),
      )
      const loaded = new Map<string, string>()
      const load = (name: string): void => {
        const chunk = chunks.get(name)
        if (!chunk || loaded.has(name)) return
        loaded.set(name, chunk.code)
        chunk.imports.forEach(load)
      }
      for (const one of wanted) load(one.fileName)
      const sizes = await Promise.all([...loaded.values()].map(async (code) => (await promisify(brotliCompress)(code)).length))
      const sum = sizes.reduce((a, b) => a + b, 0)
      const said = `first screen: ${(sum / 1_024).toFixed(1)} KiB of compressed script in ${loaded.size} files (aim ${AIM / 1_024}, at most ${MOST / 1_024})`
      if (sum > MOST) this.error(said)
      console.log(said)
    },
  }
}
