// «3 new»: stays at the top of the screen; pressing shows them and goes there.
import { IconArrowUp } from '@tabler/icons-react'
import { useT } from '../i18n/i18n'
import { useMyId } from '../live/bootstrap'
import classes from './Timeline.module.css'
import { showFresh } from './timeline'
import { toTimeline } from './toTimeline'
import { useFreshCount } from './useShownPosts'

export function FreshPosts() {
  const t = useT()
  const count = useFreshCount(useMyId())
  const show = (): void => {
    showFresh()
    toTimeline()
  }
  return (
    <div className={classes.fresh} role="status">
      {count > 0 && (
        <button type="button" onClick={show}>
          <IconArrowUp size={18} aria-hidden />
          {t('feed.fresh', { count })}
        </button>
      )}
    </div>
  )
}
