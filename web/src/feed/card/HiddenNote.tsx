// On a post that I hid, wherever it is still seen: that I did, and the way back.
import { Button } from '@mantine/core'
import type { Id } from '../../api/types'
import { useT } from '../../i18n/i18n'
import { useEntity } from '../../live/hooks'
import { mark } from '../marks'
import classes from './HiddenNote.module.css'

export function HiddenNote({ post }: { post: Id }) {
  const t = useT()
  if (!useEntity('hidden', post)) return null
  return (
    <div className={classes.note}>
      <span>{t('feed.hidden_here')}</span>
      <Button variant="subtle" onClick={() => void mark('hidden', post, false)}>
        {t('feed.unhide')}
      </Button>
    </div>
  )
}
