// What of a post was changed in the dialog: only that travels. Pure.
import type { Audience, CarriedCard, FileView, Id, Post, Ref } from '../../api/types'
import { keyOf } from '../../cards/known'
import { say } from '../../i18n/i18n'
import type { Named } from '../../ui/names'

export interface Parts {
  files?: Id[]
  cards?: Ref[]
  audience?: Audience
}

export function changedParts(post: Post, files: readonly FileView[], cards: readonly Ref[], audience: Audience | null): Parts {
  const had = (post.files ?? []).map((one) => one.id)
  const has = files.map((one) => one.id)
  const same = (a: readonly unknown[], b: readonly unknown[]): boolean => a.length === b.length && a.every((one, at) => one === b[at])
  const carried: readonly CarriedCard[] = post.cards ?? []
  return {
    ...(!same(had, has) && { files: has }),
    ...(!same(carried.map(keyOf), cards.map(keyOf)) && { cards: cards.map(({ kind, id }) => ({ kind, id })) }),
    ...(audience && { audience }),
  }
}

/** One card in the place of another; it goes along also where the other was taken away. */
export function swapped(cards: readonly Ref[], swap: { out: Ref; in: Ref } | undefined): readonly Ref[] {
  if (!swap) return cards
  return [swap.in, ...cards.filter((one) => keyOf(one) !== keyOf(swap.out) && keyOf(one) !== keyOf(swap.in))]
}

/** An audience as the chips show it; whose name has not arrived yet stands there all the same. */
export function namedIn({ everyone, departments, people }: Audience, nameOf: (kind: 'department' | 'person', id: Id) => string): Named[] {
  const named = (kind: 'department' | 'person') => (id: Id): Named => ({ kind, id, name: nameOf(kind, id), hint: '' })
  return [
    ...(everyone ? [{ kind: 'everyone', id: 0, name: say('ui.everyone'), hint: '' } as const] : []),
    ...departments.map(named('department')),
    ...people.map(named('person')),
  ]
}
