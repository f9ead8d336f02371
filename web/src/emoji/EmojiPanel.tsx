// The pack in its groups, those used lately first; found by name in both languages, walked through with the arrow keys.
import { SegmentedControl, TextInput } from '@mantine/core'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { StickerView } from '../api/generated'
import { useLanguage, useT } from '../i18n/i18n'
import { useHasKeyboard } from '../ui/useHasKeyboard'
import classes from './EmojiPanel.module.css'
import { type Emoji, found, noteUsed, pack, used } from './pack'
import { StickerPanel } from './StickerPanel'

const STEPS: Record<string, (columns: number) => number> = {
  ArrowRight: () => 1,
  ArrowLeft: () => -1,
  ArrowDown: (columns) => columns,
  ArrowUp: (columns) => -columns,
}

interface Props {
  onChoose: (emoji: string) => void
  onSticker: ((sticker: StickerView) => void) | undefined
}

export default function EmojiPanel({ onChoose, onSticker }: Props) {
  const t = useT()
  const [tab, setTab] = useState('emoji')
  if (!onSticker) return <EmojiTab onChoose={onChoose} />
  return (
    <>
      <SegmentedControl
        fullWidth
        className={classes.tabs}
        aria-label={t('emoji.tabs')}
        value={tab}
        onChange={setTab}
        data={[
          { value: 'emoji', label: t('emoji.tab_emoji') },
          { value: 'stickers', label: t('emoji.tab_stickers') },
        ]}
      />
      {tab === 'emoji' ? <EmojiTab onChoose={onChoose} /> : <StickerPanel onChoose={onSticker} />}
    </>
  )
}

function EmojiTab({ onChoose }: { onChoose: (emoji: string) => void }) {
  const t = useT()
  const [sought, setSought] = useState('')
  const [lately] = useState(used)
  const area = useRef<HTMLDivElement>(null)
  const search = useRef<HTMLInputElement>(null)
  const hasKeyboard = useHasKeyboard()
  // A phone's keyboard would cover what is to be chosen.
  useEffect(() => (hasKeyboard ? search : area).current?.focus(), [hasKeyboard])
  const results = found(sought)
  const choose = (emoji: Emoji): void => {
    noteUsed(emoji)
    onChoose(emoji.text)
  }
  const walk = (event: KeyboardEvent): void => {
    const step = STEPS[event.key]
    const all = [...(area.current?.querySelectorAll('button') ?? [])]
    const at = all.indexOf(document.activeElement as HTMLButtonElement)
    if (!step || all.length === 0) return
    if (at < 0 && event.key !== 'ArrowDown') return
    event.preventDefault()
    const grid = all[Math.max(at, 0)]?.parentElement
    const columns = grid ? getComputedStyle(grid).gridTemplateColumns.split(' ').length : 8
    all[at < 0 ? 0 : Math.min(Math.max(at + step(columns), 0), all.length - 1)]?.focus()
  }
  return (
    <div onKeyDown={walk}>
      <TextInput
        size="sm"
        ref={search}
        aria-label={t('emoji.search')}
        placeholder={t('emoji.search')}
        value={sought}
        onChange={(event) => setSought(event.currentTarget.value)}
      />
      <div className={classes.area} ref={area} tabIndex={-1}>
        {sought.trim() ? (
          <Group title={results.length > 0 ? t('emoji.search') : t('emoji.none')} items={results} onChoose={choose} />
        ) : (
          <>
            {lately.length > 0 && <Group title={t('emoji.recent')} items={lately} onChoose={choose} />}
            {pack.map(({ group, items }) => (
              <Group key={group} title={t(`emoji.${group}`)} items={items} onChoose={choose} />
            ))}
          </>
        )}
      </div>
    </div>
  )
}

function Group({ title, items, onChoose }: { title: string; items: readonly Emoji[]; onChoose: (emoji: Emoji) => void }) {
  const language = useLanguage()
  return (
    <section aria-label={title}>
      <h3 className={classes.title}>{title}</h3>
      <div className={classes.grid}>
        {items.map((one) => (
          <button key={one.text} type="button" className={classes.one} aria-label={one.names[language]} title={one.names[language]} onClick={() => onChoose(one)}>
            {one.text}
          </button>
        ))}
      </div>
    </section>
  )
}
