// Who comes: all for author and invited, a manager's own people, counts for everybody else.
import { Loader } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { GuestPanel } from '../../../api/generated'
import type { Post } from '../../../api/types'
import { useT } from '../../../i18n/i18n'
import { usePerson } from '../../../live/directory'
import { useEntity } from '../../../live/hooks'
import { Avatar } from '../../../ui/Avatar'
import { Dialog } from '../../../ui/Dialog'
import { ProblemText } from '../../../ui/ProblemText'
import bar from '../KindBar.module.css'
import { guestsOf, scheduleOf } from './acts'
import classes from './Fields.module.css'

type Row = GuestPanel['items'][number]

export default function GuestsDialog({ post, onClose }: { post: Post; onClose: () => void }) {
  const t = useT()
  const tally = useEntity('tally/schedule', post.id)
  const found = useQuery({
    // Asked anew when the counts move, or the time.
    queryKey: ['guests', post.id, tally?.accepted, tally?.tentative, tally?.declined, tally?.asked, scheduleOf(post)?.sequence],
    queryFn: ({ signal }) => guestsOf(post.id, signal),
    placeholderData: (before) => before,
  })
  const panel = found.data
  return (
    <Dialog title={t('kinds.who_comes')} onClose={onClose} size={480} tall>
      <ProblemText error={found.error} />
      {found.isPending && <Loader size="sm" role="img" aria-label={t('ui.loading')} />}
      {panel && (
        <p className={bar.facts}>
          {t('kinds.coming_of', {
            asked: panel.counts.asked,
            accepted: panel.counts.accepted,
            tentative: panel.counts.tentative,
            declined: panel.counts.declined,
          })}
        </p>
      )}
      {panel?.names === 'below' && <p className={bar.facts}>{t('kinds.answers_below')}</p>}
      <ul className={bar.people}>
        {panel?.items.map((row) => (
          <Guest key={row.person_id} row={row} />
        ))}
      </ul>
    </Dialog>
  )
}

function Guest({ row }: { row: Row }) {
  const t = useT()
  const name = usePerson(row.person_id)?.name ?? '…'
  const state = row.state === 'left' ? t('kinds.answer_left') : row.answer ? t(`kinds.${row.answer}`) : t('schedule.no_answer')
  return (
    <li className={bar.person} data-person={row.person_id} data-answer={row.answer || 'none'}>
      <span className={bar.name}>
        <Avatar id={row.person_id} name={name} size={32} />
        <span className={classes.guest}>
          {name}
          {row.word && <span className={classes.word}>{row.word}</span>}
        </span>
      </span>
      <span className={bar.state} data-state={row.answer === 'accepted' && !row.earlier ? 'done' : undefined}>
        {state}
        {row.earlier && row.state !== 'left' && <> · {t('schedule.earlier_time')}</>}
      </span>
    </li>
  )
}
