// Holds the first screen (work, in Chinese, on a slow phone) to what it may ask for: how much script, and no text that is
// only in the catalogue of the other pages. Called by vite.config.ts, which groups the first screen with `firstScreen`.
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { brotliCompress } from 'node:zlib'
import type { Plugin } from 'vite'

const MOST = 200 * 1_024 // bytes as they travel (ui.md)
/** What is loaded before the first screen stands, beside the entry: chunks that begin with these modules. */
const FIRST = ['/src/feed/WorkPage.tsx', '/src/i18n/catalogue.zh-Hans.ts']
/** The list of another page's sections: only that page shows their words. */
const SHOWN_ELSEWHERE = ['/src/admin/sections.ts', '/src/ui/ProblemText.tsx']

/** Two files instead of a hundred: what every page stands on, and what the page of work adds to it. */
export const firstScreen = {
  groups: [
    { name: 'first', test: /\/src\/main\.tsx$/, priority: 2 },
    { name: 'work', test: /\/src\/feed\/WorkPage\.tsx$/, priority: 1 },
  ],
}

/** Keys of the texts that the first screen does not load. */
function laterTexts(): Set<string> {
  const named = readFileSync('src/i18n/more.en.ts', 'utf8').matchAll(/'\.\.\/(.+\.json)'/g)
  const keys = [...named].flatMap(([, path]) => Object.keys(JSON.parse(readFileSync(`src/${path}`, 'utf8')) as object))
  return new Set(keys.map((key) => key.replace(/_(one|other)$/, '')))
}

export function budgetPlugin(): Plugin {
  return {
    name: 'tenfour-budget',
    apply: 'build',
    async writeBundle(_options, bundle) {
      const chunks = new Map(Object.values(bundle).flatMap((one) => (one.type === 'chunk' ? [[one.fileName, one] as const] : [])))
      const wanted = [...chunks.values()].filter(
        (one) => one.isEntry || FIRST.some((path) => one.facadeModuleId?.endsWith(path) || one.moduleIds.at(-1)?.endsWith(path)),
      )
      const loaded = new Map<string, (typeof wanted)[number]>()
      const load = (name: string): void => {
        const chunk = chunks.get(name)
        if (!chunk || loaded.has(name)) return
        loaded.set(name, chunk)
        chunk.imports.forEach(load)
      }
      for (const one of wanted) load(one.fileName)
      const later = laterTexts()
      const early = [...loaded.values()]
        .flatMap((one) => one.moduleIds)
        .filter((id) => id.includes('/src/') && /\.tsx?$/.test(id) && !SHOWN_ELSEWHERE.some((path) => id.endsWith(path)))
        .flatMap((id) => [...readFileSync(id, 'utf8').matchAll(/(?<!useCan\()'([a-z_]+\.[\w.]+)'/g)].map(([, key]) => [key as string, id] as const))
        .filter(([key]) => later.has(key))
      if (early.length > 0) this.error(`the first screen says texts that it does not load: ${early.map((one) => one.join(' in ')).join('; ')}`)
      const sizes = await Promise.all([...loaded.values()].map(async (one) => (await promisify(brotliCompress)(one.code)).length))
      const sum = sizes.reduce((a, b) => a + b, 0)
      const said = `first screen: ${(sum / 1_024).toFixed(1)} KiB of compressed script in ${loaded.size} files (at most ${MOST / 1_024})`
      if (sum > MOST) this.error(said)
      console.log(said)
    },
  }
}
