// What this person may see of things that are shown as cards: fetched in batches, kept current while they stand on the screen.
// A card is asked for again when the thing itself is put or dropped, one's own place or rights change, or the line was broken.
import { api } from '../api/client'
import type { CardView, Id, Kind, List, Ref } from '../api/types'
import { me } from '../live/bootstrap'
import { readied } from '../live/socket'
import { store } from '../live/store'

const GATHER = 30 // ms: what is asked for in one render travels in one request
const MOST = 100
const ENTITIES: readonly string[] = ['post', 'message', 'comment', 'conversation', 'person'] satisfies Kind[]

type Listener = () => void
export type Known = CardView | 'failed' | undefined

const known = new Map<string, CardView | 'failed'>()
const shown = new Map<string, Set<Listener>>()
let wanted = new Map<string, Ref>()
let timer: ReturnType<typeof setTimeout> | null = null
let round = 0

export function keyOf(ref: Ref): string {
  return `${ref.kind}/${ref.id}`
}

export function cardOf(ref: Ref): Known {
  return known.get(keyOf(ref))
}

/** Asks (again) for one; whoever shows it is told. */
export function wantCard(ref: Ref): void {
  wanted.set(keyOf(ref), { kind: ref.kind, id: ref.id })
  timer ??= setTimeout(() => void fetchWanted(), GATHER)
}

async function fetchWanted(): Promise<void> {
  timer = null
  const refs = [...wanted.values()].slice(0, MOST)
  for (const ref of refs) wanted.delete(keyOf(ref))
  if (wanted.size > 0) timer = setTimeout(() => void fetchWanted(), GATHER)
  const asked = round
  try {
    const answer = await api.post<List<CardView>>('/cards', { refs })
    if (asked !== round) return // somebody else is signed in by now
    for (const card of answer.data.items) known.set(keyOf(card), card)
  } catch {
    for (const ref of refs) if (!known.has(keyOf(ref))) known.set(keyOf(ref), 'failed')
  }
  for (const ref of refs) for (const told of shown.get(keyOf(ref)) ?? []) told()
}

/** While a card is shown it is kept current. */
export function showCard(ref: Ref, told: Listener): Listener {
  const key = keyOf(ref)
  let set = shown.get(key)
  if (!set) shown.set(key, (set = new Set()))
  set.add(told)
  if (set.size === 1) wantCard(ref) // nobody looked at it, so nobody kept it current
  const stop = follow(ref)
  return () => {
    stop()
    set.delete(told)
    if (set.size === 0) shown.delete(key)
  }
}

function follow(ref: Ref): Listener {
  const stops: Listener[] = []
  if (ENTITIES.includes(ref.kind)) {
    stops.push(store.subscribeTo(ref.kind as Kind, ref.id, () => isOld(ref) && wantCard(ref)))
  }
  if (!ENTITIES.includes(ref.kind) && ref.kind !== 'file') stops.push(followRecord(ref))
  let place = placeStamp(ref)
  const look = (): void => {
    const now = placeStamp(ref)
    if (now === place) return
    place = now
    wantCard(ref)
  }
  if (ref.kind === 'conversation' || ref.kind === 'message') stops.push(store.subscribe(['membership'], look))
  const myself = me.get()?.person.id
  if (ref.kind === 'post' && myself) stops.push(store.subscribeTo('person', myself, look))
  stops.push(store.subscribe(['rights'], () => wantCard(ref)))
  stops.push(readied.on(() => wantCard(ref)))
  return () => {
    for (const stop of stops) stop()
  }
}

/** A record says by version 0 that my right to it, or what became of my question, is another now. */
function followRecord(ref: Ref): Listener {
  const kind: Kind = `record/${ref.kind}`
  return store.subscribeTo(kind, ref.id, () => {
    const card = cardOf(ref)
    const isClosed = typeof card === 'object' && card.restricted
    if (isClosed || store.get(kind, ref.id)?.version === 0) wantCard(ref)
  })
}

/** Whether what the store says of the thing is news to the card. */
function isOld(ref: Ref): boolean {
  const card = cardOf(ref)
  if (!card || card === 'failed') return true
  const entity = store.get(ref.kind as Kind, ref.id) as { version?: number } | undefined
  if (!entity) return true
  return card.restricted || (entity.version !== undefined && entity.version !== card.version)
}

/** Changes with one's place in the conversation of a card, or one's departments for a post; read marks do not count. */
function placeStamp(ref: Ref): string {
  if (ref.kind === 'post') return `${store.get('person', me.get()?.person.id ?? 0)?.department_ids}`
  const card = cardOf(ref)
  const within = ref.kind === 'conversation' ? ref.id : card && card !== 'failed' ? card.within?.id : undefined
  const places = within === undefined ? store.all('membership') : [store.get('membership', within)]
  return places.map((one) => one && `${one.conversation_id}.${one.state}.${one.from_number}`).join()
}

/** The version that the writer of a card has before their eyes; the server notes its own. */
export function versionOf(ref: Ref): number {
  const card = cardOf(ref)
  return card && card !== 'failed' ? card.version : Number.MAX_SAFE_INTEGER
}

let whose: Id | null = null
me.subscribe(() => {
  const now = me.get()?.person.id ?? null
  if (now === whose) return
  whose = now
  round += 1
  known.clear()
  wanted = new Map()
})
