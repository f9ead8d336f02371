// «Emoji» in a composer's tools (FEED-02). The pack is loaded when it is opened for the first time.
import { ActionIcon, Popover } from '@mantine/core'
import { IconMoodSmile } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useT, withTexts } from '../i18n/i18n'

const EmojiPanel = lazy(withTexts(() => import('./EmojiPanel')))

export function EmojiButton({ onChoose }: { onChoose: (emoji: string) => void }) {
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
    <Popover opened onChange={setOpen} position="top-start" width="min(360px, calc(100vw - 16px))" returnFocus shadow="md" withinPortal>
      <Popover.Target>{button}</Popover.Target>
      <Popover.Dropdown p="xs" aria-label={t('ui.emoji')}>
        <Suspense>
          <EmojiPanel
            onChoose={(emoji) => {
              setOpen(false)
              // The popover gives the focus back to its button first.
              setTimeout(() => onChoose(emoji))
            }}
          />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  )
}
