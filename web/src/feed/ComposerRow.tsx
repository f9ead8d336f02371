// The kinds one can publish, Share first (FEED-01), each with a line that explains it. The others come with their domains.
import { IconShare3 } from '@tabler/icons-react'
import { useT } from '../i18n/i18n'
import { useMe } from '../live/bootstrap'
import { Avatar } from '../ui/Avatar'
import classes from './ComposerRow.module.css'

export function ComposerRow({ onShare, hasDraft }: { onShare: () => void; hasDraft: boolean }) {
  const t = useT()
  const { person } = useMe()
  return (
    <button type="button" className={classes.row} onClick={onShare} data-kind="share">
      <Avatar id={person.id} name={person.name} size={40} />
      <span className={classes.words}>
        <span className={classes.kind}>
          {t('feed.share')}
          {hasDraft && <span className={classes.draft}>{t('feed.draft')}</span>}
        </span>
        <span className={classes.explain}>{t('feed.share_explained')}</span>
      </span>
      <span className={classes.icon} aria-hidden>
        <IconShare3 size={20} />
      </span>
    </button>
  )
}
