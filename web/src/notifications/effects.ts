// A notice that is to be said aloud: a toast in front of us, a desktop notification behind other windows where that was allowed.
import { useEffect } from 'react'
import { navigate } from 'wouter/use-browser-location'
import type { Notice } from '../api/types'
import { say } from '../i18n/i18n'
import { envelopes } from '../live/socket'
import { store } from '../live/store'
import { plainLine } from '../ui/plain'
import { toast } from '../ui/toasts'
import { placeOf } from './places'
import { sentenceOf } from './words'

function tell(notice: Notice): void {
  const name = store.get('person', notice.actor_id ?? 0)?.name ?? ''
  const mark = notice.urgent ? `${say('notices.urgent')} · ` : ''
  const text = `${mark}${say(sentenceOf(notice), { name })} ${plainLine(notice.title, 40)}`.trim()
  const open = (): void => navigate(placeOf(notice.about, notice.within, notice.number))
  if (document.hidden && typeof Notification !== 'undefined' && Notification.permission === 'granted') {
    const shown = new Notification('Tenfour', { body: text, tag: `notice-${notice.id}` })
    shown.onclick = () => {
      window.focus()
      open()
    }
    return
  }
  // Who has the post open sees its new comments, and is not told over the place where they write.
  if (notice.about.kind === 'comment' && location.pathname === `/posts/${notice.within?.id}` && !document.hidden) return
  toast(text, { action: { label: say('notices.look'), run: open } })
}

export function useNoticeEffects(): void {
  useEffect(
    () =>
      envelopes.on((event) => {
        if (event.type !== 'notice.told') return
        for (const change of event.changes) {
          if (change.op === 'put' && change.kind === 'notice' && change.data.alert) tell(change.data)
        }
      }),
    [],
  )
}
