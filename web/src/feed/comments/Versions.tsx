// What a comment said before it was changed.
import { Loader } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/client'
import type { Comment, CommentVersion, List } from '../../api/types'
import { useT } from '../../i18n/i18n'
import { useMyId } from '../../live/bootstrap'
import { Dialog } from '../../ui/Dialog'
import { Markdown } from '../../ui/Markdown'
import { ProblemText } from '../../ui/ProblemText'
import { RelativeTime } from '../../ui/RelativeTime'
import classes from './CommentRow.module.css'

export default function Versions({ comment, onClose }: { comment: Comment; onClose: () => void }) {
  const t = useT()
  const me = useMyId()
  const earlier = useQuery({
    queryKey: ['comment-versions', comment.id, comment.version],
    queryFn: async ({ signal }) =>
      (await api.get<List<CommentVersion>>(`/comments/${comment.id}/versions`, { signal })).data.items,
  })
  return (
    <Dialog title={t('comments.versions')} onClose={onClose}>
      <ProblemText error={earlier.error} />
      {earlier.isPending && <Loader size="sm" aria-label={t('ui.loading')} />}
      {earlier.data?.map((one) => (
        <section key={one.version} className={classes.versions}>
          <header className={classes.head}>
            <span className={classes.fact}>{t('comments.version', { version: one.version })}</span>
            <RelativeTime at={one.at} className={classes.fact} />
          </header>
          <Markdown text={one.text} me={me} />
        </section>
      ))}
    </Dialog>
  )
}
