// What was said, virtual and anchored at its end: older pages come in above without moving what is being read,
// new messages are followed only by those who stand at the end.
import { Button, Loader } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type Ref, useEffect, useImperativeHandle, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useT } from '../i18n/i18n'
import { useMyId } from '../live/bootstrap'
import { problemText } from '../ui/ProblemText'
import { loadBackTo, loadOlder, useHistory } from './history'
import classes from './MessageList.module.css'
import { MessageRow } from './MessageRow'
import { NewMessages } from './NewMessages'
import { useMessageActs } from './pending'
import { rowsOf } from './rows'
import { useMarkRead } from './useMarkRead'
import { useNewSince } from './useNewSince'

export interface MessageListHandle {
  toEnd: () => void
}
const NEAR_END = 80
const TOP = 56 // room above the first message for the loader, outside of the rows so that it never anchors

interface Props {
  id: number
  isGroup: boolean
  handle: Ref<MessageListHandle>
}

export function MessageList({ id, isGroup, handle }: Props) {
  const t = useT()
  const me = useMyId()
  const history = useHistory(id)
  const acts = useMessageActs(id)
  const since = useNewSince(id)
  const { messages, from, reachedStart, loading, problem } = history
  const rows = useMemo(
    () => rowsOf({ messages, acts, me, since, reachedStart }),
    [messages, acts, me, since, reachedStart],
  )
  const scroller = useRef<HTMLDivElement>(null)
  const [atEnd, setAtEnd] = useState(true)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 64,
    getItemKey: (index) => rows[index]?.key ?? index,
    anchorTo: 'end',
    followOnAppend: true,
    scrollEndThreshold: NEAR_END,
    paddingStart: TOP,
    paddingEnd: 12,
    overscan: 8,
  })
  const items = virtual.getVirtualItems()
  const isReady = from !== null

  useLayoutEffect(() => {
    if (isReady) virtual.scrollToEnd()
  }, [isReady, virtual])

  // A phone's keyboard or a growing composer makes the list shorter: whoever stood at the end stays there.
  const pinned = useRef(true)
  pinned.current = atEnd
  useEffect(() => {
    const area = scroller.current
    if (!area) return
    const watcher = new ResizeObserver(() => {
      if (pinned.current) area.scrollTop = area.scrollHeight
    })
    watcher.observe(area)
    return () => watcher.disconnect()
  }, [])

  // So do those whose newest rows grow (a message is refused, a name becomes known).
  const total = virtual.getTotalSize()
  useLayoutEffect(() => {
    if (pinned.current) virtual.scrollToEnd()
  }, [total, virtual])

  const firstShown = items[0]?.index ?? 0
  useEffect(() => {
    if (isReady && !reachedStart && !loading && !problem && firstShown < 12) void loadOlder(id)
  }, [id, isReady, reachedStart, loading, problem, firstShown, rows.length])

  const markerIndex = since ? rows.findIndex((row) => row.type === 'new') : -1
  const markerAbove = since !== null && (markerIndex === -1 || (items.length > 0 && markerIndex < firstSeen()))
  function firstSeen(): number {
    const offset = virtual.scrollOffset ?? 0
    return items.find((item) => item.end > offset)?.index ?? 0
  }
  const [jumped, setJumped] = useState(false)
  const jump = async (): Promise<void> => {
    if (!since) return
    await loadBackTo(id, since.readUpTo)
    setJumped(true)
  }
  useEffect(() => {
    if (!jumped) return
    if (markerIndex >= 0) virtual.scrollToIndex(markerIndex, { align: 'start' })
  }, [jumped, markerIndex >= 0])

  useImperativeHandle(handle, () => ({ toEnd: () => requestAnimationFrame(() => virtual.scrollToEnd()) }))
  const onScroll = (): void => {
    const area = scroller.current
    if (area) setAtEnd(area.scrollHeight - area.scrollTop - area.clientHeight < NEAR_END)
  }
  useMarkRead(id, messages, atEnd)

  return (
    <div className={classes.frame}>
      <div
        ref={scroller}
        className={classes.scroller}
        onScroll={onScroll}
        role="log"
        aria-live="off"
        aria-label={t('chat.messages')}
        tabIndex={0}
      >
        <div className={classes.rows} style={{ height: total }}>
          <div className={classes.top} style={{ height: TOP }}>
            {(loading || !isReady) && !problem && <Loader size="sm" aria-label={t('ui.loading')} />}
            {reachedStart && messages.length > 0 && <span>{t('chat.beginning')}</span>}
            {problem && (
              <Button variant="subtle" onClick={() => void loadOlder(id)}>
                {problemText(problem)} {t('ui.try_again')}
              </Button>
            )}
          </div>
          {items.map(({ key, index, start }) => {
            const row = rows[index]
            return (
              row && (
                <div
                  key={key}
                  ref={virtual.measureElement}
                  data-index={index}
                  className={classes.row}
                  style={{ transform: `translateY(${start}px)` }}
                >
                  <MessageRow row={row} isGroup={isGroup} />
                </div>
              )
            )
          })}
        </div>
        {isReady && rows.length === 0 && <p className={classes.empty}>{t('chat.say_hello')}</p>}
      </div>
      {since && markerAbove && !jumped && (
        <button type="button" className={classes.jumpUp} onClick={() => void jump()}>
          <IconArrowUp size={16} aria-hidden />
          {t('chat.new_count', { count: since.count })}
        </button>
      )}
      <NewMessages messages={messages} atEnd={atEnd}>
        {(count) => (
          <button
            type="button"
            className={classes.jumpDown}
            aria-label={count > 0 ? undefined : t('chat.to_newest')}
            onClick={() => virtual.scrollToEnd()}
          >
            <IconArrowDown size={18} aria-hidden />
            {count > 0 && t('chat.new_count', { count })}
          </button>
        )}
      </NewMessages>
    </div>
  )
}
