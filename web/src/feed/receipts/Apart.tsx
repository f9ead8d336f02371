// Those who were asked and no longer count: withdrawn by the author, or gone from the company. Folded, beside the columns.
import { Loader } from '@mantine/core'
import { IconChevronRight } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Id, ReceiptsTally } from '../../api/types'
import { useT } from '../../i18n/i18n'
import { usePerson } from '../../live/directory'
import { ProblemText } from '../../ui/ProblemText'
import { fetchAll } from './columns'
import classes from './ReceiptsPanel.module.css'

function Person({ id, state }: { id: Id; state: 'withdrawn' | 'left' }) {
  const t = useT()
  const person = usePerson(id)
  return (
    <li className={`${classes.row} ${classes.plain}`}>
      <span className={classes.words} style={{ flex: 1 }}>
        <span className={classes.name}>{person?.name ?? '…'}</span>
      </span>
      <span className={classes.state}>{t(`feed.state_${state}`)}</span>
    </li>
  )
}

export function Apart({ post, tally }: { post: Id; tally: ReceiptsTally }) {
  const t = useT()
  const [open, setOpen] = useState(false)
  const found = useQuery({
    queryKey: ['receipts', post, 'apart'],
    queryFn: async () => (await fetchAll(post, null)).filter((row) => row.state === 'withdrawn' || row.state === 'left'),
    enabled: open,
  })
  const title = [
    tally.withdrawn > 0 ? t('feed.withdrawn_count', { count: tally.withdrawn }) : '',
    tally.left > 0 ? t('feed.left_count', { count: tally.left }) : '',
  ]
  return (
    <details className={classes.apart} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <IconChevronRight size={18} aria-hidden />
        {title.filter(Boolean).join(' · ')}
      </summary>
      {found.isLoading && <Loader size="sm" aria-label={t('ui.loading')} />}
      <ProblemText error={found.error} />
      {found.data && (
        <ul className={classes.rows}>
          {found.data.map((row) => (
            <Person key={row.person_id} id={row.person_id} state={row.state as 'withdrawn' | 'left'} />
          ))}
        </ul>
      )}
    </details>
  )
}
