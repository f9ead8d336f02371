// Who likes a post or a comment, the newest first.
import { Button, Loader } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { api } from '../../api/client'
import type { Id, LikeRow, List } from '../../api/types'
import { useT } from '../../i18n/i18n'
import { applyAnswer } from '../../live/answers'
import { usePerson } from '../../live/directory'
import { showPerson } from '../../people/shown'
import { Avatar } from '../../ui/Avatar'
import { Dialog } from '../../ui/Dialog'
import { ProblemText } from '../../ui/ProblemText'
import { RelativeTime } from '../../ui/RelativeTime'
import classes from './Likers.module.css'

interface Props {
  kind: 'post' | 'comment'
  id: Id
  onClose: () => void
}

export default function Likers({ kind, id, onClose }: Props) {
  const t = useT()
  const found = useInfiniteQuery({
    queryKey: ['likers', kind, id],
    queryFn: async ({ pageParam, signal }) => {
      const query = { cursor: pageParam || undefined, limit: 50 }
      const answer = await api.get<List<LikeRow>>(`/${kind}s/${id}/likes`, { query, signal })
      applyAnswer(answer.seq, answer.data.also ?? [])
      return answer.data
    },
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    staleTime: 0,
    gcTime: 0,
  })
  const rows = found.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Dialog title={t('comments.likes')} onClose={onClose} size="sm">
      <ProblemText error={found.error} />
      {found.isPending && <Loader size="sm" aria-label={t('ui.loading')} />}
      <ul className={classes.list}>
        {rows.map((row) => (
          <Liker key={row.person_id} row={row} onChoose={onClose} />
        ))}
      </ul>
      {found.hasNextPage && (
        <Button variant="subtle" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t('ui.more')}
        </Button>
      )}
    </Dialog>
  )
}

function Liker({ row, onChoose }: { row: LikeRow; onChoose: () => void }) {
  const t = useT()
  const person = usePerson(row.person_id)
  const name = person?.name ?? '…'
  const choose = (): void => {
    onChoose()
    showPerson(row.person_id)
  }
  return (
    <li>
      <button type="button" className={classes.row} onClick={choose}>
        <Avatar id={row.person_id} name={name} size={32} />
        <span className={classes.name}>
          {name}
          {person?.state === 'left' && <span className={classes.left}> · {t('ui.has_left')}</span>}
        </span>
        <RelativeTime at={row.at} form="list" className={classes.left} />
      </button>
    </li>
  )
}
