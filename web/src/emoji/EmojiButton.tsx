// «Emoji» in a composer's tools, and beside them the company's stickers (FEED-02). The pack is loaded when it is opened for the first time.
import { ActionIcon, Popover } from '@mantine/core'
import { IconMoodSmile } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import type { StickerView } from '../api/generated'
import { useT, withTexts } from '../i18n/i18n'

const EmojiPanel = lazy(withTexts(() => import('./EmojiPanel')))

// A phone has no room for all of it above or below: then it lies over its button.
const inView = { flip: true, shift: { crossAxis: true, padding: 8 } }

interface Props {
  onChoose: (emoji: string) => void
  /** Where stickers can be sent. */
  onSticker?: (sticker: StickerView) => void
}

export function EmojiButton({ onChoose, onSticker }: Props) {
  const t = useT()
  const [isOpen, setOpen] = useState(false)
  const button = (
    <ActionIcon
      aria-label={t('ui.emoji')}
      title={t('ui.emoji')}
      aria-haspopup="dialog"
      aria-expanded={isOpen}
      onClick={() => setOpen(!isOpen)}
    >
      <IconMoodSmile size={22} stroke={1.7} />
    </ActionIcon>
  )
  if (!isOpen) return button
  return (
    <Popover opened onChange={setOpen} position="top-start" width="min(360px, calc(100vw - 16px))" returnFocus shadow="md" withinPortal middlewares={inView}>
      <Popover.Target>{button}</Popover.Target>
      <Popover.Dropdown p="xs" aria-label={t('ui.emoji')}>
        <Suspense>
          <EmojiPanel
            onChoose={(emoji) => {
              setOpen(false)
              // The popover gives the focus back to its button first.
              setTimeout(() => onChoose(emoji))
            }}
            onSticker={
              onSticker &&
              ((sticker) => {
                setOpen(false)
                setTimeout(() => onSticker(sticker))
              })
            }
          />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  )
}
