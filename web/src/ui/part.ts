// Parts of the client that are loaded when they are needed. Their files are fetched before they are imported, again and
// again: a browser that once failed to import a file never asks for it again until the page is loaded anew
// (whatwg/html#6768), and phones lose their network in the middle. Called by what build/parts.ts makes of `import()`.
const FIRST_WAIT = 500 // milliseconds; doubled until
const LAST_WAIT = 8_000

interface Parts {
  names: string[]
  /** Name of a part → where its files stand in `names`. */
  parts: Record<string, number[]>
}
let known: Parts | undefined
const fetched = new Map<string, Promise<void>>()

function filesOf(name: string): string[] {
  known ??= JSON.parse(document.getElementById('parts')?.textContent ?? '{"names":[],"parts":{}}') as Parts
  const { names, parts } = known
  return (parts[name] ?? []).map((at) => `/${names[at] as string}`)
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((done) => {
    const end = (): void => {
      clearTimeout(timer)
      removeEventListener('online', end)
      done()
    }
    const timer = setTimeout(end, milliseconds)
    addEventListener('online', end)
  })
}

/** Ends when the file lies in the browser's cache, or when there is no such file: then importing it says so. */
async function arrive(path: string): Promise<void> {
  for (let wait = FIRST_WAIT; ; wait = Math.min(2 * wait, LAST_WAIT)) {
    try {
      const answer = await fetch(path)
      await answer.arrayBuffer()
      if (answer.status < 500) return
    } catch {
      /* no network */
    }
    await pause(wait)
  }
}

/** Imports a part once all its files have arrived, however long that takes. */
export async function part<Module>(load: () => Promise<Module>, name: string): Promise<Module> {
  const coming = filesOf(name).map((path) => {
    const one = fetched.get(path) ?? arrive(path)
    fetched.set(path, one)
    return one
  })
  await Promise.all(coming)
  return load()
}
