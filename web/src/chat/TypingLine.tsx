// Who is typing here, in one quiet line that always has its place, so that nothing jumps.
import { listed } from '../i18n/dates'
import { useT } from '../i18n/i18n'
import { useMyId } from '../live/bootstrap'
import { usePeople } from '../live/directory'
import classes from './TypingLine.module.css'
import { useTypers } from './typing'

export function TypingLine({ id }: { id: number }) {
  const t = useT()
  const typers = useTypers(id, useMyId())
  const people = usePeople(typers.slice(0, 3))
  const names = listed(people.map((p) => p.name))
  return (
    <div className={classes.line} aria-live="off">
      {names && (
        <>
          <span className={classes.dots} aria-hidden>
            <i />
            <i />
            <i />
          </span>
          <span className={classes.names}>{t('chat.typing', { names })}</span>
        </>
      )}
    </div>
  )
}
