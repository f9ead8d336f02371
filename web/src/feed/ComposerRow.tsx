// The kinds one can publish, Share first and large (FEED-01), the others beside each other below it.
import { useT } from '../i18n/i18n'
import { useMe } from '../live/bootstrap'
import { drafts } from '../ui/drafts'
import { Avatar } from '../ui/Avatar'
import classes from './ComposerRow.module.css'
import type { PostKind } from './kinds/declared'
import { share, useMyKinds } from './kinds/kinds'
import { wordOf } from './kinds/words'
import type { ShareForm } from './share/form'

/** Drawn anew when a composer has been closed, so that drafts are seen. */
export function ComposerRow({ onWrite }: { onWrite: (kind: string) => void }) {
  const t = useT()
  const { person } = useMe()
  const others = useMyKinds().filter((one) => one !== share)
  const hasDraft = (place: string, { isBegun }: PostKind = share): boolean =>
    drafts.read(person.id, place).text.trim() !== '' || (isBegun?.(drafts.readForm<ShareForm>(person.id, place)?.details ?? {}) ?? false)
  const ShareIcon = share.icon
  return (
    <div className={classes.kinds}>
      <button type="button" className={classes.row} onClick={() => onWrite('share')} data-write="share">
        <Avatar id={person.id} name={person.name} size={40} />
        <span className={classes.words}>
          <span className={classes.kind}>
            {t('feed.share')}
            {hasDraft('share') && <span className={classes.draft}>{t('feed.draft')}</span>}
          </span>
          <span className={classes.explain}>{t('feed.share_explained')}</span>
        </span>
        <span className={classes.icon} aria-hidden>
          <ShareIcon size={20} />
        </span>
      </button>
      {others.length > 0 && (
        <div className={classes.others}>
          {others.map((one) => (
            <button
              key={one.kind}
              type="button"
              className={classes.other}
              title={wordOf(one.kind, 'explained')}
              onClick={() => onWrite(one.kind)}
              data-write={one.kind}
            >
              <one.icon size={18} aria-hidden />
              <span>{wordOf(one.kind)}</span>
              {hasDraft(one.kind, one) && <span className={classes.draft}>{t('feed.draft')}</span>}
            </button>
          ))}
        </div>
      )}
    </div>
  )
}
