// Wraps every `import()` of the client into `part` (src/ui/part.ts) and writes into the page which files each part needs, so
// that they are fetched, and fetched again, before they are imported. Called by vite.config.ts.
import { relative, resolve } from 'node:path'
import type { Plugin, Rolldown } from 'vite'

const SOURCE = resolve('src')
const PART = resolve('src/ui/part.ts')

interface Node {
  type: string
  start: number
  end: number
  source?: { value?: unknown }
}

/** Each `import('…')` below this node, those within last. */
function imports(node: unknown): Node[] {
  if (typeof node !== 'object' || node === null) return []
  const below = Object.values(node).flatMap((one: unknown) => (Array.isArray(one) ? one.flatMap(imports) : imports(one)))
  const self = node as Node
  return self.type === 'ImportExpression' && typeof self.source?.value === 'string' ? [self, ...below] : below
}

/** The files of a chunk and of all that it imports at once, scripts and styles. */
function files(chunks: Map<string, Rolldown.OutputChunk>, name: string, known = new Set<string>()): Set<string> {
  const chunk = chunks.get(name)
  if (!chunk || known.has(name)) return known
  known.add(name)
  chunk.viteMetadata?.importedCss.forEach((one) => known.add(one))
  chunk.imports.forEach((one) => files(chunks, one, known))
  return known
}

export function partsPlugin(): Plugin {
  const wanted = new Map<string, string>() // name of a part → id of its module
  return {
    name: 'tenfour-parts',
    apply: 'build',
    async transform(code, id) {
      if (!id.startsWith(SOURCE) || id === PART || !code.includes('import(')) return null
      let changed = code
      for (const found of imports(this.parse(code)).toSorted((a, b) => b.start - a.start)) {
        const target = await this.resolve(String(found.source?.value), id)
        if (!target) continue
        const name = relative(SOURCE, target.id).replace(/\.tsx?$/, '')
        wanted.set(name, target.id)
        const call = `__part(() => ${code.slice(found.start, found.end)}, ${JSON.stringify(name)})`
        changed = changed.slice(0, found.start) + call + changed.slice(found.end)
      }
      return changed === code ? null : { code: `import { part as __part } from ${JSON.stringify(PART)};\n${changed}`, map: null }
    },
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle }) {
        const chunks = new Map(
          Object.values(bundle ?? {}).flatMap((one) => (one.type === 'chunk' ? [[one.fileName, one] as const] : [])),
        )
        const all = [...chunks.values()]
        const first = new Set(all.filter((one) => one.isEntry).flatMap((one) => [...files(chunks, one.fileName)]))
        const names: string[] = []
        const parts: Record<string, number[]> = {}
        for (const [part, id] of [...wanted].toSorted()) {
          const chunk = all.find((one) => one.facadeModuleId === id) ?? all.find((one) => one.moduleIds.includes(id))
          if (!chunk) this.error(`no chunk holds ${part}`)
          const needed = [...files(chunks, chunk.fileName)].filter((one) => !first.has(one))
          for (const one of needed) if (!names.includes(one)) names.push(one)
          parts[part] = needed.map((one) => names.indexOf(one))
        }
        const children = JSON.stringify({ names, parts }).replaceAll('<', '\\u003c')
        return [{ tag: 'script', attrs: { type: 'application/json', id: 'parts' }, children, injectTo: 'body' }]
      },
    },
  }
}
