// What changed between two texts, by words and by single Han characters (Myers). Texts that have little in common are shown as one
// replaced by the other, which is also what a reader can follow.
export interface Part {
  kind: 'same' | 'gone' | 'new'
  text: string
}

const MOST_CHANGES = 1_000

function pieces(text: string): string[] {
  return text.match(/[\p{L}\p{N}]+?(?=\p{Script=Han}|[^\p{L}\p{N}]|$)|\p{Script=Han}|\s+|./gsu) ?? []
}

export function difference(was: string, now: string): Part[] {
  const [a, b] = [pieces(was), pieces(now)]
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1
  let end = 0
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1
  const parts: Part[] = [{ kind: 'same', text: a.slice(0, start).join('') }]
  parts.push(...between(a.slice(start, a.length - end), b.slice(start, b.length - end)))
  parts.push({ kind: 'same', text: a.slice(a.length - end).join('') })
  return joined(parts)
}

function between(a: readonly string[], b: readonly string[]): Part[] {
  const trace = walk(a, b)
  if (!trace) return [{ kind: 'gone', text: a.join('') }, { kind: 'new', text: b.join('') }]
  const back: Part[] = []
  let [x, y] = [a.length, b.length]
  for (let d = trace.length - 1; d >= 0; d -= 1) {
    const reached = trace[d] ?? new Map<number, number>()
    const k = x - y
    const down = k === -d || (k !== d && (reached.get(k - 1) ?? -1) < (reached.get(k + 1) ?? -1))
    const from = down ? k + 1 : k - 1
    const fromX = d === 0 ? 0 : (reached.get(from) ?? 0)
    const fromY = d === 0 ? 0 : fromX - from
    while (x > fromX && y > fromY) {
      x -= 1
      y -= 1
      back.push({ kind: 'same', text: a[x] ?? '' })
    }
    if (d === 0) break
    if (down) back.push({ kind: 'new', text: b[--y] ?? '' })
    else back.push({ kind: 'gone', text: a[--x] ?? '' })
  }
  return back.reverse()
}

/** For each number of changes how far each diagonal was reached before it; null when there are too many. */
function walk(a: readonly string[], b: readonly string[]): Map<number, number>[] | null {
  const trace: Map<number, number>[] = []
  const reached = new Map<number, number>([[1, 0]])
  for (let d = 0; d <= Math.min(a.length + b.length, MOST_CHANGES); d += 1) {
    trace.push(new Map(reached))
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && (reached.get(k - 1) ?? -1) < (reached.get(k + 1) ?? -1))
      let x = down ? (reached.get(k + 1) ?? 0) : (reached.get(k - 1) ?? 0) + 1
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x += 1
      reached.set(k, x)
      if (x >= a.length && x - k >= b.length) return trace
    }
  }
  return null
}

/** Neighbours of one kind as one; what is gone stands before what is new. */
function joined(parts: readonly Part[]): Part[] {
  const found: Part[] = []
  for (const part of parts) {
    const last = found.at(-1)
    const before = found.at(-2)
    if (part.text === '') continue
    if (last?.kind === part.kind) last.text += part.text
    else if (part.kind === 'gone' && last?.kind === 'new') {
      if (before?.kind === 'gone') before.text += part.text
      else found.splice(-1, 0, { ...part })
    } else found.push({ ...part })
  }
  return found
}
