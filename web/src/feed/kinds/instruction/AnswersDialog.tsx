// Who is where with an instruction: all for who asked, a manager's own people, counts for everybody else.
import { Button, Loader } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { api } from '../../../api/client'
import type { InstructionPanel } from '../../../api/generated'
import type { Change, Id } from '../../../api/types'
import { useT } from '../../../i18n/i18n'
import { applyAnswer } from '../../../live/answers'
import { usePerson } from '../../../live/directory'
import { useEntity } from '../../../live/hooks'
import { Avatar } from '../../../ui/Avatar'
import { Dialog } from '../../../ui/Dialog'
import { ProblemText } from '../../../ui/ProblemText'
import { RelativeTime } from '../../../ui/RelativeTime'
import classes from '../KindBar.module.css'

type Row = InstructionPanel['items'][number]

export default function AnswersDialog({ post, onClose }: { post: Id; onClose: () => void }) {
  const t = useT()
  const tally = useEntity('tally/instruction', post)
  const pages = useInfiniteQuery({
    // Asked anew when the counts move.
    queryKey: ['answers', post, tally?.received, tally?.done, tally?.asked],
    initialPageParam: '',
    queryFn: async ({ pageParam, signal }) => {
      const answer = await api.get<InstructionPanel>(`/posts/${post}/answers`, { query: { cursor: pageParam }, signal })
      applyAnswer(answer.seq, answer.data.also as Change[])
      return answer.data
    },
    getNextPageParam: (last) => last.next,
    placeholderData: (before) => before,
  })
  const first = pages.data?.pages[0]
  return (
    <Dialog title={t('kinds.answers')} onClose={onClose} size={480} tall>
      <ProblemText error={pages.error} />
      {pages.isPending && <Loader size="sm" role="img" aria-label={t('ui.loading')} />}
      {first && <p className={classes.facts}>{t('kinds.answers_of', { ...first.counts })}</p>}
      {first?.names === 'below' && <p className={classes.facts}>{t('kinds.answers_below')}</p>}
      <ul className={classes.people}>
        {pages.data?.pages.flatMap((page) => page.items).map((row) => <Person key={row.person_id} row={row} />)}
      </ul>
      {pages.hasNextPage && (
        <Button variant="default" mt="sm" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {t('kinds.more_people')}
        </Button>
      )}
    </Dialog>
  )
}

function Person({ row }: { row: Row }) {
  const t = useT()
  const name = usePerson(row.person_id)?.name ?? '…'
  const at = row.done_at ?? row.received_at
  return (
    <li className={classes.person} data-person={row.person_id} data-state={row.state}>
      <span className={classes.name}>
        <Avatar id={row.person_id} name={name} size={32} />
        {name}
      </span>
      <span className={classes.state} data-state={row.state}>
        {t(`kinds.answer_${row.state}`)}
        {at && (
          <>
            {' · '}
            <RelativeTime at={at} />
          </>
        )}
      </span>
    </li>
  )
}
