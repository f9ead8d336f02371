// The company's stickers: those that are offered, in their order, and those that were sent once.
import { useQuery } from '@tanstack/react-query'
import { api } from '../api/client'
import type { StickerView } from '../api/generated'
import type { List } from '../api/types'
import { contentOf } from '../files/words'
import { applyList } from '../live/answers'
import { useSelector } from '../live/hooks'
import { type Store, store } from '../live/store'

/** A still one small, a moving one as it is. */
export function pictureOf({ file }: StickerView): string {
  return contentOf(file, /\.gif$/i.test(file.name) ? 'full' : 'thumb')
}

function inOrder(from: Store): StickerView[] {
  return from.all('sticker').sort((a, b) => Number(a.retired_at !== null) - Number(b.retired_at !== null) || a.place - b.place || a.id - b.id)
}

export interface Stickers {
  all: StickerView[]
  offered: StickerView[]
  error: unknown
  isPending: boolean
}

/** All of them, asked for once; what changes comes live. */
export function useStickers(): Stickers {
  const { error, isPending } = useQuery({
    queryKey: ['stickers', store.generation],
    queryFn: async ({ signal }) => applyList('sticker', await api.get<List<StickerView>>('/stickers', { signal })),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const all = useSelector(['sticker'], inOrder)
  return { all, offered: all.filter((one) => one.retired_at === null), error, isPending }
}
