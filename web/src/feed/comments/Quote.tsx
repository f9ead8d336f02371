// The line above an answer: whom it answers and how that began. Pressing goes there.
import type { Id } from '../../api/types'
import { useT } from '../../i18n/i18n'
import { usePerson } from '../../live/directory'
import { useEntity } from '../../live/hooks'
import { plainLine } from '../../ui/plain'
import classes from './CommentRow.module.css'

interface Props {
  id: Id
  onGo?: ((comment: Id) => void) | undefined
}

export function Quote({ id, onGo }: Props) {
  const t = useT()
  const quoted = useEntity('comment', id)
  const author = usePerson(quoted?.author_id)
  if (!quoted) return null
  const said = plainLine(quoted.text, 60) || quoted.files?.[0]?.name || t('comments.quoted_file')
  const text =
    quoted.deleted_by !== null ? t('comments.quoted_deleted') : t('comments.quoted', { name: author?.name ?? '…', text: said })
  if (!onGo) return <p className={classes.quote}>{text}</p>
  return (
    <button type="button" className={classes.quote} onClick={() => onGo(id)}>
      {text}
    </button>
  )
}
