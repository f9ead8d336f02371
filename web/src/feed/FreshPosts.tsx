// «3 new»: stays at the top of the screen; pressing shows them and goes there.
import { IconArrowUp } from '@tabler/icons-react'
import { useRef } from 'react'
import { useT } from '../i18n/i18n'
import { useMyId } from '../live/bootstrap'
import classes from './Timeline.module.css'
import { showFresh } from './timeline'
import { useFreshCount } from './useShownPosts'

export function FreshPosts() {
  const t = useT()
  const count = useFreshCount(useMyId())
  const place = useRef<HTMLDivElement>(null)
  const show = (): void => {
    showFresh()
    const page = document.getElementById('main')
    const list = place.current?.parentElement
    if (!page || !list) return
    // To the first new post, below the sticky heading; not further up than one is already.
    const top = list.getBoundingClientRect().top - page.getBoundingClientRect().top + page.scrollTop - 68
    requestAnimationFrame(() => page.scrollTo({ top: Math.min(page.scrollTop, Math.max(0, top)) }))
  }
  return (
    <div ref={place} className={classes.fresh} role="status">
      {count > 0 && (
        <button type="button" onClick={show}>
          <IconArrowUp size={18} aria-hidden />
          {t('feed.fresh', { count })}
        </button>
      )}
    </div>
  )
}
