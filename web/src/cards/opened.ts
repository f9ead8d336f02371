// The records that I opened last on this device, newest first; names and rights are asked for anew whenever they are shown.
import type { Id, Ref } from '../api/types'
import { drafts } from '../ui/drafts'
import { keyOf } from './known'

const PLACE = 'opened'
const MOST = 8

export function openedRecords(person: Id): Ref[] {
  return drafts.readForm<Ref[]>(person, PLACE) ?? []
}

export function rememberOpened(person: Id, about: Ref): void {
  const others = openedRecords(person).filter((one) => keyOf(one) !== keyOf(about))
  drafts.writeForm(person, PLACE, [{ kind: about.kind, id: about.id }, ...others].slice(0, MOST))
}
