// The list of conversations, the latest first; typing finds one, or a person to begin one with.
import { ActionIcon, Button, TextInput } from '@mantine/core'
import { IconMessagePlus, IconMessages, IconSearch, IconX } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { useT } from '../i18n/i18n'
import { EmptyState } from '../ui/EmptyState'
import { ConversationRow } from './ConversationRow'
import classes from './ConversationList.module.css'
import { useConversationIds, useNamesOf } from './conversations'
import { FoundPeople } from './FoundPeople'
import { useMoreConversations } from './useMoreConversations'

const NewConversation = lazy(() => import('./NewConversation'))
const ROW = 72

export function ConversationList({ chosen }: { chosen: number | null }) {
  const t = useT()
  const all = useConversationIds()
  const nameOf = useNamesOf()
  const [q, setQ] = useState('')
  const [adding, setAdding] = useState(false)
  const text = q.trim().toLocaleLowerCase()
  const ids = text ? all.filter((id) => nameOf(id).toLocaleLowerCase().includes(text)) : all
  const { loadMore, hasMore } = useMoreConversations()
  // The open conversation's name is the page's heading then.
  const Heading = chosen === null ? 'h1' : 'h2'
  const scroller = useRef<HTMLDivElement>(null)
  const rows = useVirtualizer({
    count: ids.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    getItemKey: (index) => ids[index] as number,
    overscan: 6,
  })
  const items = rows.getVirtualItems()
  const lastShown = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (hasMore && lastShown >= ids.length - 5) loadMore()
  }, [hasMore, lastShown, ids.length, loadMore])

  return (
    <div className={classes.list}>
      <header className={classes.header}>
        <Heading className={classes.title}>{t('nav.chat')}</Heading>
        <ActionIcon aria-label={t('chat.new')} onClick={() => setAdding(true)} color="tide">
          <IconMessagePlus size={24} stroke={1.7} />
        </ActionIcon>
      </header>
      <div className={classes.search}>
        <TextInput
          aria-label={t('chat.search')}
          placeholder={t('chat.search')}
          value={q}
          onChange={(event) => setQ(event.currentTarget.value)}
          leftSection={<IconSearch size={18} aria-hidden />}
          rightSection={
            q && (
              <ActionIcon aria-label={t('ui.clear')} onClick={() => setQ('')}>
                <IconX size={18} />
              </ActionIcon>
            )
          }
        />
      </div>
      <div ref={scroller} className={classes.scroller} tabIndex={-1}>
        {all.length === 0 && !text && (
          <EmptyState
            icon={<IconMessages size={44} stroke={1.4} />}
            title={t('chat.empty')}
            action={<Button onClick={() => setAdding(true)}>{t('chat.new')}</Button>}
          >
            {t('chat.empty_text')}
          </EmptyState>
        )}
        <ul className={classes.rows} style={{ height: rows.getTotalSize() }} aria-label={t('chat.conversations')}>
          {items.map(({ key, index, start }) => (
            <li key={key} className={classes.row} style={{ transform: `translateY(${start}px)` }}>
              <ConversationRow id={ids[index] as number} isChosen={ids[index] === chosen} />
            </li>
          ))}
        </ul>
        {text && <FoundPeople q={text} nothingElse={ids.length === 0} onOpened={() => setQ('')} />}
      </div>
      {adding && (
        <Suspense>
          <NewConversation onClose={() => setAdding(false)} />
        </Suspense>
      )}
    </div>
  )
}
