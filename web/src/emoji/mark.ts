// How a text names a sticker.
import type { StickerView } from '../api/generated'

/** Its number alone leads to the picture. */
export function markOf({ id, name }: Pick<StickerView, 'id' | 'name'>): string {
  return `:[${name}](sticker:${id})`
}
